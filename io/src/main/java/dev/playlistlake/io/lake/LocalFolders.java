package dev.playlistlake.io.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a disk has and S3 does not: folders that remain when their files are gone. */
final class LocalFolders {
  private static final Logger LOG = LoggerFactory.getLogger(LocalFolders.class);

  private LocalFolders() {}

  static void deleteTree(String folder) {
    deleteTree(folder, "");
  }

  /**
   * Removes a folder with all in it.
   *
   * @param but the name of a file directly in it that stays, and the folder with it
   * @return whether anything was removed
   */
  static boolean deleteTree(String folder, String but) {
    Path root = Path.of(folder);
    if (!Files.exists(root)) {
      return false;
    }
    Path staying = root.resolve(but);
    boolean isKept = !but.isEmpty() && Files.exists(staying);
    try (Stream<Path> walk = Files.walk(root)) {
      List<Path> deepestFirst =
          walk.sorted(Comparator.reverseOrder())
              .filter(path -> !isKept || (!path.equals(staying) && !path.equals(root)))
              .toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
      deleteIfEmpty(root.resolveSibling(".").normalize());
      return !deepestFirst.isEmpty();
    } catch (NoSuchFileException e) {
      // Another process removed it meanwhile, which is fine.
      return true;
    } catch (IOException | UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return true;
      }
      throw new LakeException("cannot remove " + folder + ": " + LakeFiles.words(e), e);
    }
  }

  /**
   * The files that match a path in which {@code *} stands for any part of a name; none if a folder
   * does not exist. Beam's own listing treats an unreadable folder as empty.
   *
   * @throws LakeException if a folder cannot be read: its contents are unknown
   */
  static List<LakeFiles.Found> find(String pattern) {
    Path path = Path.of(pattern).toAbsolutePath();
    List<Path> found = List.of(Objects.requireNonNull(path.getRoot()));
    for (Path part : path) {
      List<Path> next = new ArrayList<>();
      for (Path folder : found) {
        next.addAll(children(folder, part.toString()));
      }
      found = next;
    }
    return found.stream().flatMap(file -> regular(file).stream()).toList();
  }

  private static List<Path> children(Path folder, String name) {
    if (!name.contains("*")) {
      return List.of(folder.resolve(name));
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, name)) {
      List<Path> children = new ArrayList<>();
      all.forEach(children::add);
      return children;
    } catch (NoSuchFileException | NotDirectoryException e) {
      if (Files.isSymbolicLink(folder)) {
        // A day that somebody has moved elsewhere is not a day that never was.
        throw unlistable(folder, e);
      }
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw unlistable(folder, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unlistable(folder, e);
    }
  }

  private static Optional<LakeFiles.Found> regular(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Optional.of(
              new LakeFiles.Found(
                  file.toString(), attributes.lastModifiedTime().toInstant(), attributes.size()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      if (String.valueOf(e.getReason()).contains("Not a directory")) {
        return Optional.empty();
      }
      throw unlistable(file, e);
    } catch (IOException e) {
      throw unlistable(file, e);
    }
  }

  private static LakeException unlistable(Path path, IOException cause) {
    return new LakeException("cannot list " + path + ": " + LakeFiles.words(cause), cause);
  }

  /**
   * Forces a file or a folder to the disk. A folder that cannot be forced is not a failure: Windows
   * and some network disks offer no way to do it, and keep names by themselves.
   */
  static void force(String path) throws IOException {
    Path target = Path.of(path);
    boolean folder = Files.isDirectory(target);
    StandardOpenOption how = folder ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(target, how)) {
      channel.force(true);
    } catch (IOException e) {
      if (!folder) {
        throw e;
      }
      LOG.debug("the folder {} cannot be forced to disk", path, e);
    }
  }

  /** Removes a folder unless it has contents. */
  static void deleteIfEmpty(String folder) {
    try {
      deleteIfEmpty(Path.of(folder));
    } catch (IOException e) {
      throw new LakeException("cannot remove " + folder + ": " + LakeFiles.words(e), e);
    }
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Another run is using it.
      return;
    }
  }

  /** The folders in a folder by name, each with the time of the newest change in it. */
  static Map<String, Instant> newestChanges(String folder) {
    Map<String, Instant> newest = new TreeMap<>();
    try (Stream<Path> all = Files.list(Path.of(folder))) {
      for (Path inner : all.filter(Files::isDirectory).toList()) {
        newest.put(String.valueOf(inner.getFileName()), newestChange(inner));
      }
      return newest;
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException | UncheckedIOException e) {
      throw new LakeException("cannot list " + folder + ": " + LakeFiles.words(e), e);
    }
  }

  private static Instant newestChange(Path folder) throws IOException {
    NewestChange newest = new NewestChange();
    Files.walkFileTree(folder, newest);
    return newest.at.toInstant();
  }

  private static final class NewestChange extends SimpleFileVisitor<Path> {
    private FileTime at = FileTime.fromMillis(0);

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return visitFile(folder, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      FileTime modified = attributes.lastModifiedTime();
      at = modified.compareTo(at) > 0 ? modified : at;
      return FileVisitResult.CONTINUE;
    }

    /** A file that vanishes during the walk belongs to a live run: the newest change of all. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        at = FileTime.from(Instant.MAX);
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      return e == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, e);
    }
  }
}
