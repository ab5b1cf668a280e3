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

/** A file with credentials as lines {@code NAME=value}; the only kind of place we may write to. */
public final class CredentialsFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** Of all threads of this process; others are noticed by what they leave in the file. */
  private static final Object ONE_WRITER = new Object();

  /** A few lines are all that is to be in it. */
  private static final int MOST_BYTES = 1 << 20;

  /** The bits of a Unix mode that say what a path is. */
  private static final int KIND_OF_FILE = 0xF000;

  private static final int CHARACTER_DEVICE = 0x2000;
  private static final int BLOCK_DEVICE = 0x6000;

  private final Path path;
  private final Runnable beforeReplacing;

  /** What a file should say from now on; empty where it should stay as it is. */
  private interface Change {
    Optional<String> of(DotEnv lines);
  }

  /** The one at a path, which may not be there yet. */
  public CredentialsFile(Path path) {
    this(path, () -> {});
  }

  /** With something that happens meanwhile: between reading the file and replacing it. */
  CredentialsFile(Path path, Runnable beforeReplacing) {
    this.path = path;
    this.beforeReplacing = beforeReplacing;
  }

  /**
   * The client id that it holds; empty where it holds none, or is not there yet.
   *
   * @throws IOException where it cannot be read
   */
  public Optional<String> clientId() throws IOException {
    return Optional.ofNullable(lines().values().get(CredentialsRef.CLIENT_ID))
        .map(String::strip)
        .filter(id -> !id.isEmpty());
  }

  /**
   * Sees whether a grant could be stored, before somebody is asked for one.
   *
   * @throws IOException where it could not
   */
  public void requireWritable() throws IOException {
    lines();
    Files.delete(createAside(target()));
  }

  /**
   * Stores what a user has granted in the place of what there was, in one step; all other lines
   * stay to the letter. A file that is not there yet is made, for its owner alone from its first
   * moment on.
   *
   * @throws IOException where the file stays as it is
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

  /** Why a file could not be read or written, without the name of the one aside. */
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
   * Whether something is there that has no end, or is too long to be a credentials file: a device,
   * or a file of more than a megabyte. A pipe is taken for one.
   */
  static boolean isSomethingElse(Path path) {
    try {
      if (Files.isRegularFile(path)) {
        return Files.size(path) > MOST_BYTES;
      }
      return Files.exists(path) && isDevice(path);
    } catch (IOException e) {
      // Reading it says why.
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

  /** What a link points at is replaced, not the link. */
  private Path target() throws IOException {
    return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
  }

  /** What the file says; warns where others than its owner could read it too. */
  Map<String, String> read() throws IOException {
    Map<String, String> values = DotEnv.parse(text()).values();
    if (isPosix(path) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))) {
      SignInNotices.warn(
          "The credentials file " + path + " is open to others than its owner: chmod 600 " + path);
    }
    return values;
  }

  /**
   * Puts the newest refresh token in the place of the one that it follows, in one step: whoever
   * reads sees the old file or the new one. All else in the file stays to the letter. A file that
   * holds a token which is not followed by this one is left alone: somebody else's is newer.
   *
   * @throws IOException where the file stays as it is, with a token that is used up
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

  /** Begins anew where somebody else has written meanwhile, say a login beside a run. */
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

  /** False where the target no longer says what it said; then it is left alone. */
  private boolean replaced(Path target, String before, String text) throws IOException {
    Path aside = createAside(target);
    try {
      write(aside, text);
      beforeReplacing.run();
      // As late as can be: the disk may have taken its time.
      if (!lines().text().equals(before)) {
        return false;
      }
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /** An empty file beside the target that nobody but its owner, the target's, may ever read. */
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

  /** Written by another user, say root in a container, it must still be its owner's to read. */
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
      // On the disk before it takes the old one's place: a power cut must not cost the token.
      channel.force(true);
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
