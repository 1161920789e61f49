package dev.lanes.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files by which a Linux kernel tells about itself, below a root. What is missing or may not be
 * read is empty.
 */
record KernelFiles(Path root) {

  static final String CPUS = "sys/devices/system/cpu";

  Path path(String file) {
    return root.resolve(file.startsWith("/") ? file.substring(1) : file);
  }

  /** First line that says something. */
  Optional<String> text(String file) {
    return lines(file).map(String::strip).filter(line -> !line.isEmpty()).findFirst();
  }

  /** First line as a whole number; empty where it is none. */
  Optional<Long> number(String file) {
    return text(file).filter(text -> text.matches("-?\\d{1,18}")).map(Long::valueOf);
  }

  /** Value of the first line {@code name: value}. */
  Optional<String> field(String file, String name) {
    return lines(file)
        .map(line -> line.split(":", 2))
        .filter(pair -> pair.length == 2 && pair[0].strip().equals(name))
        .map(pair -> pair[1].strip())
        .findFirst();
  }

  Stream<String> lines(String file) {
    try {
      return Files.readAllLines(path(file)).stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  /** Names in a folder that match a regular expression, sorted by length and then by letters. */
  List<String> names(String folder, String pattern) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(folder))) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    } catch (IOException e) {
      return List.of();
    }
    return names.stream()
        .filter(name -> name.matches(pattern))
        .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** A list of CPUs in a file; empty where there is none. */
  CpuList cpus(String file) {
    return text(file).flatMap(CpuList::parse).orElse(CpuList.NONE);
  }

  CpuList cpus(Path file) {
    return cpus(root.relativize(file).toString());
  }

  /** CPUs that the kernel has switched on and that this process may use. */
  CpuList allowedCpus() {
    CpuList online = cpus(CPUS + "/online");
    CpuList allowed =
        field("proc/self/status", "Cpus_allowed_list").flatMap(CpuList::parse).orElse(CpuList.NONE);
    if (allowed.isEmpty()) {
      return online;
    }
    return online.isEmpty() ? allowed : allowed.retain(online);
  }

  /**
   * Folders of the cgroups of this process for a controller, the innermost first, up to the root of
   * what is mounted. A container sees its own cgroup as that root, whatever its path is outside.
   */
  List<String> cgroups(String controller) {
    return lines("proc/self/cgroup")
        .map(line -> line.split(":", 3))
        .filter(entry -> entry.length == 3)
        .flatMap(entry ->
            mount(entry[1], controller).stream()
                .flatMap(mount -> upwards(entry[2]).map(group -> folder(mount, group))))
        .toList();
  }

  /** Whether the controller, where this process is in one, belongs to cgroups of version 2. */
  boolean isVersion2(String controller) {
    return lines("proc/self/cgroup")
        .map(line -> line.split(":", 3))
        .noneMatch(entry -> entry.length == 3 && lists(entry[1], controller));
  }

  private Optional<String> mount(String controllers, String wanted) {
    if (controllers.isEmpty()) {
      return isVersion2(wanted) ? Optional.of("sys/fs/cgroup") : Optional.empty();
    }
    if (!lists(controllers, wanted)) {
      return Optional.empty();
    }
    String joint = "sys/fs/cgroup/" + controllers;
    return Optional.of(Files.isDirectory(path(joint)) ? joint : "sys/fs/cgroup/" + wanted);
  }

  private static boolean lists(String controllers, String wanted) {
    return List.of(controllers.split(",")).contains(wanted);
  }

  private static Stream<Path> upwards(String group) {
    return Stream.iterate(Path.of(group), Objects::nonNull, Path::getParent);
  }

  private static String folder(String mount, Path group) {
    return group.getNameCount() == 0 ? mount : mount + group;
  }
}
