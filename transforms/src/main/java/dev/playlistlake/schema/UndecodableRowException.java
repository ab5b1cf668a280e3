package dev.playlistlake.schema;

/** A row that this version cannot turn into a record; the message names the column. */
public final class UndecodableRowException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UndecodableRowException(String message) {
    super(message);
  }
}
