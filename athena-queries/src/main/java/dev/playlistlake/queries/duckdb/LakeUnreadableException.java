package dev.playlistlake.queries.duckdb;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;

/** The lake's files cannot be read. */
public final class LakeUnreadableException extends Exception {
  private static final long serialVersionUID = 1;

  private LakeUnreadableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Java's message is the folder or file; often only the exception's class gives the reason. */
  static LakeUnreadableException of(IOException cause) {
    String reason =
        cause instanceof AccessDeniedException
            ? ": may not be read"
            : cause instanceof NoSuchFileException
                ? ": is gone, or a link that leads nowhere"
                : cause instanceof FileSystemException
                    ? ": " + cause.getClass().getSimpleName()
                    : "";
    return new LakeUnreadableException(cause.getMessage() + reason, cause);
  }

  /** By DuckDB's own message. */
  static LakeUnreadableException of(SQLException cause) {
    return new LakeUnreadableException(SqlError.of(cause).message(), cause);
  }
}
