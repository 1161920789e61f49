package dev.lanes.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with the files that a kernel would show. */
final class KernelFolder {

  private final Path root;

  KernelFolder(Path root) {
    this.root = root;
  }

  KernelFolder with(String file, String text) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text + "\n");
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  KernelFolder withFolder(String folder) {
    try {
      Files.createDirectories(root.resolve(folder));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** CPUs of which each two neighbours share a core, as on most laptops of one socket. */
  KernelFolder withCpus(int count, int threadsPerCore) {
    with("sys/devices/system/cpu/online", "0-" + (count - 1));
    with("sys/devices/system/cpu/present", "0-" + (count - 1));
    with("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-" + (count - 1));
    for (int cpu = 0; cpu < count; cpu++) {
      int first = cpu - cpu % threadsPerCore;
      String siblings = threadsPerCore == 1 ? "" + cpu : first + "-" + (first + threadsPerCore - 1);
      with("sys/devices/system/cpu/cpu%d/topology/thread_siblings_list".formatted(cpu), siblings);
    }
    return with("sys/devices/system/node/node0/cpulist", "0-" + (count - 1));
  }

  String read(String file) {
    try {
      return Files.readString(root.resolve(file)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  KernelFiles files() {
    return new KernelFiles(root);
  }

  Path root() {
    return root;
  }
}
