package dev.lanes.interpreter;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarFile;

/**
 * The files below one folder of the class path, whether they lie in a directory, in a jar, or in a
 * jar inside the program's own jar. Jars are read from one end to the other, which for thousands of
 * files is many times faster than opening each as a resource.
 *
 * @param name folder on the class path, without slashes at its ends
 */
record ClasspathFolder(ClassLoader loader, String name) {

  /** What is done with each file; the content can be opened only while the visit lasts. */
  @FunctionalInterface
  interface Visitor {
    void visit(FoundFile file) throws IOException;
  }

  @FunctionalInterface
  interface Content {
    InputStream open() throws IOException;
  }

  /**
   * @param path relative to the folder, with {@code /}
   * @param crc checksum the jar keeps; -1 for a file that lies in a directory
   */
  record FoundFile(String path, long sizeBytes, long crc, Content content) {}

  /** Visits every file once, in no order; of two files with one path, the first is taken. */
  void visit(Visitor visitor) throws IOException {
    Set<String> seen = new HashSet<>();
    Visitor once =
        file -> {
          if (seen.add(file.path())) {
            visitor.visit(file);
          }
        };
    for (URL place : Collections.list(loader.getResources(name + "/"))) {
      if (place.openConnection() instanceof JarURLConnection connection) {
        visitJar(connection, once);
      } else {
        visitDirectory(Path.of(URI.create(place.toString())), once);
      }
    }
  }

  private void visitJar(JarURLConnection connection, Visitor visitor) throws IOException {
    // A jar of our own: the shared one of the class loader must not be closed.
    connection.setUseCaches(false);
    String prefix = name + "/";
    try (JarFile jar = connection.getJarFile()) {
      for (var entry : Collections.list(jar.entries())) {
        if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
          String path = entry.getName().substring(prefix.length());
          Content content = () -> jar.getInputStream(entry);
          visitor.visit(new FoundFile(path, entry.getSize(), entry.getCrc(), content));
        }
      }
    }
  }

  private static void visitDirectory(Path directory, Visitor visitor) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String path = directory.relativize(file).toString().replace('\\', '/');
        visitor.visit(new FoundFile(path, Files.size(file), -1, () -> Files.newInputStream(file)));
      }
    }
  }
}
