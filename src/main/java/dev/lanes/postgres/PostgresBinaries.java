package dev.lanes.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs of this release, unpacked once per archive.
 *
 * @param directory real path of the folder with {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path directory) {

  /**
   * Unpacks the archive of this platform into a folder of {@code parent} that is named by the
   * archive's digest, unless it is there already. The folder appears complete or not at all.
   */
  static PostgresBinaries unpack(Path parent) throws IOException {
    var archive = PostgresArchive.of(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path directory = parent.resolve(archive.digest());
    if (Files.notExists(directory)) {
      Files.createDirectories(parent);
      Path partial = Files.createTempDirectory(parent, "partial-");
      try (var in = archive.open()) {
        extract(in, partial);
      }
      Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
    }
    return new PostgresBinaries(directory.toRealPath());
  }

  Path program(String name) {
    return directory.resolve("bin").resolve(name);
  }

  /** Removes what earlier releases and interrupted unpacking left beside this folder. */
  void removeOthers() throws IOException {
    try (var siblings = Files.list(directory.getParent())) {
      for (Path sibling : siblings.filter(path -> !path.equals(directory)).toList()) {
        FileSystemUtils.deleteRecursively(sibling);
      }
    }
  }

  private static void extract(InputStream in, Path target) throws IOException {
    var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)));
    for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path path = target.resolve(entry.getName()).normalize();
      if (!path.startsWith(target)) {
        throw new IOException("archive entry %s leaves the folder".formatted(entry.getName()));
      }
      extract(tar, entry, path);
    }
  }

  private static void extract(InputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, path);
    if ((entry.getMode() & 0100) != 0) {
      var permissions = Files.getPosixFilePermissions(path);
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      Files.setPosixFilePermissions(path, permissions);
    }
  }
}
