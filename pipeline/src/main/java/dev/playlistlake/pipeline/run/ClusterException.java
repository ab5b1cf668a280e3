package dev.playlistlake.pipeline.run;

/** The cluster was not there, refused the job or was lost; the message says which. */
final class ClusterException extends RuntimeException {
  ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
