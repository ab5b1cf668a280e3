package dev.playlistlake.io.spotify.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A file with credentials as lines {@code NAME=value}; the only kind of source that we may write
 * to.
 */
public final class CredentialsFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** For all threads of this process; other processes are detected by their changes to the file. */
  private static final Object ONE_WRITER = new Object();

  /** The file should have only a few lines. */
  private static final int MOST_BYTES = 1 << 20;

  /** The bits of a Unix mode that give a path's type. */
  private static final int KIND_OF_FILE = 0xF000;

  private static final int CHARACTER_DEVICE = 0x2000;
  private static final int BLOCK_DEVICE = 0x6000;

  private final Path path;
  private final Runnable beforeReplacing;

  /** The file's new content; empty to leave it unchanged. */
  private interface Change {
    Optional<String> of(DotEnv lines);
  }

  /** The file at a path; it may not exist yet. */
  public CredentialsFile(Path path) {
    this(path, () -> {});
  }

  /** With an action that runs between reading the file and replacing it. */
  CredentialsFile(Path path, Runnable beforeReplacing) {
    this.path = path;
    this.beforeReplacing = beforeReplacing;
  }

  /**
   * The client id in the file; empty if it has none, or does not exist yet.
   *
   * @throws IOException if it cannot be read
   */
  public Optional<String> clientId() throws IOException {
    return Optional.ofNullable(lines().values().get(CredentialsRef.CLIENT_ID))
        .map(String::strip)
        .filter(id -> !id.isEmpty());
  }

  /**
   * Checks that a grant could be stored, before the user is prompted for one.
   *
   * @throws IOException if it could not
   */
  public void requireWritable() throws IOException {
    lines();
    Files.delete(createAside(target()));
  }

  /**
   * Replaces the stored grant by a user's new one, in one step; all other lines stay unchanged. A
   * missing file is created, readable by its owner only from the first moment.
   *
   * @throws IOException if the file stays as it is
   */
  public void store(LoginGrant grant) throws IOException {
    change(
        lines -> {
          DotEnv changed = lines;
          for (Map.Entry<String, String> value : grant.values().entrySet()) {
            changed = changed.withOrMore(value.getKey(), value.getValue());
          }
          return Optional.of(changed.text());
        });
  }

  /** Why a file could not be read or written, without the name of the temporary one. */
  public static String why(IOException e) {
    if (e instanceof FileSystemException onDisk) {
      String reason = onDisk.getReason();
      return reason == null ? e.getClass().getSimpleName() : reason;
    } else if (e instanceof CharacterCodingException) {
      return "it is no text in UTF-8";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /**
   * Whether the path is endless or too long for a credentials file: a device, or a file of more
   * than a megabyte. A pipe is accepted.
   */
  static boolean isSomethingElse(Path path) {
    try {
      if (Files.isRegularFile(path)) {
        return Files.size(path) > MOST_BYTES;
      }
      return Files.exists(path) && isDevice(path);
    } catch (IOException e) {
      // Reading it gives the cause.
      return false;
    }
  }

  private static boolean isDevice(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return false;
    }
    int kind = (Integer) Files.getAttribute(path, "unix:mode") & KIND_OF_FILE;
    return kind == CHARACTER_DEVICE || kind == BLOCK_DEVICE;
  }

  private String text() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("it has more than a megabyte");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  private DotEnv lines() throws IOException {
    return DotEnv.parse(Files.exists(path) ? text() : "");
  }

  /** Replaces the target of a link, not the link. */
  private Path target() throws IOException {
    return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
  }

  /** The file's values; warns if others than its owner can read it. */
  Map<String, String> read() throws IOException {
    Map<String, String> values = DotEnv.parse(text()).values();
    if (isPosix(path) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))) {
      SignInNotices.warn(
          "The credentials file " + path + " is open to others than its owner: chmod 600 " + path);
    }
    return values;
  }

  /**
   * Replaces a refresh token by its newest successor, in one step: readers see the old file or the
   * new one. Everything else in the file stays unchanged. A file with a token that this one does
   * not succeed is left alone: another process stored a newer one.
   *
   * @throws IOException if the file stays as it is, with a token that is used up
   */
  void keep(String newest) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    change(
        lines -> {
          String held = lines.values().getOrDefault(CredentialsRef.REFRESH_TOKEN, "").strip();
          return held.equals(newest) || !RefreshTokens.newest(held).equals(newest)
              ? Optional.empty()
              : Optional.of(lines.with(CredentialsRef.REFRESH_TOKEN, newest));
        });
  }

  /** Starts over if another process has written meanwhile, such as a login during a run. */
  private void change(Change change) throws IOException {
    synchronized (ONE_WRITER) {
      boolean done = false;
      while (!done) {
        DotEnv lines = lines();
        Optional<String> text = change.of(lines);
        done = text.isEmpty() || replaced(target(), lines.text(), text.get());
      }
    }
  }

  /** False if the target's content has changed; it is then left alone. */
  private boolean replaced(Path target, String before, String text) throws IOException {
    Path aside = createAside(target);
    try {
      write(aside, text);
      beforeReplacing.run();
      // As late as possible: the disk may have been slow.
      if (!lines().text().equals(before)) {
        return false;
      }
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /** An empty file beside the target that only the target's owner can ever read. */
  private static Path createAside(Path target) throws IOException {
    Path folder = Objects.requireNonNull(target.getParent());
    String prefix = "." + target.getFileName() + ".";
    if (!isPosix(target)) {
      return Files.createTempFile(folder, prefix, ".new");
    }
    Path aside =
        Files.createTempFile(
            folder, prefix, ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    if (!Files.exists(target)) {
      return aside;
    }
    UserPrincipal owner = Files.getOwner(target);
    if (!owner.equals(Files.getOwner(aside))) {
      giveTo(owner, aside);
    }
    return aside;
  }

  /**
   * If written by another user, such as root in a container, its owner must still be able to read
   * it.
   */
  private static void giveTo(UserPrincipal owner, Path aside) throws IOException {
    try {
      Files.setOwner(aside, owner);
    } catch (IOException e) {
      Files.delete(aside);
      throw e;
    }
  }

  private static void write(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      // On the disk before it replaces the old one: a power cut must not lose the token.
      channel.force(true);
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
