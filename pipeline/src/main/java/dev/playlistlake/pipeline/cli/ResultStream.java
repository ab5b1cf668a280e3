package dev.playlistlake.pipeline.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** An output stream that knows why it failed, which a {@link PrintStream} hides. */
public final class ResultStream extends PrintStream {
  private final Remembering target;

  /** Passes every write to the target at once. */
  public static ResultStream to(OutputStream target) {
    return new ResultStream(new Remembering(target));
  }

  private ResultStream(Remembering target) {
    super(target);
    this.target = target;
  }

  /**
   * Whether all output arrived, or its reader closed the pipe; prints a message if not. Output that
   * is cut short without notice would be wrong.
   */
  public static boolean isWritten(PrintStream out, PrintStream err) {
    if (!out.checkError() || (out instanceof ResultStream answers && answers.hasNoReader())) {
      return true;
    }
    err.println(
        "The answer could not be written"
            + (out instanceof ResultStream answers ? ": " + answers.failure() : "."));
    return false;
  }

  /** Whether the reader closed the pipe early: {@code | head}. */
  boolean hasNoReader() {
    return failure().contains("Broken pipe");
  }

  /** Why a write failed; empty if none did. */
  String failure() {
    flush();
    IOException failure = target.failure;
    return failure == null ? "" : String.valueOf(failure.getMessage());
  }

  private static final class Remembering extends FilterOutputStream {
    private @Nullable IOException failure;

    Remembering(OutputStream target) {
      super(target);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }
  }
}
