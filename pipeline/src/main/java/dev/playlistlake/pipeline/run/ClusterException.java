package dev.playlistlake.pipeline.run;

/** The cluster was unreachable, refused the job or was lost, as the message explains. */
final class ClusterException extends RuntimeException {
  ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
