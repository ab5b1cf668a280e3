package dev.playlistlake.model.run;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the requests of a run have come.
 *
 * @param reached whether the Web API itself has responded, whatever it said
 * @param succeeded whether any request succeeded: a later refusal then does not condemn the run
 * @param suspicion the code of what refused every request so far, not yet held against the run; or
 *     null
 * @param words the same in plain English, with host and detail
 * @param notices sentences on what has failed, still to be said
 */
public record Access(
    boolean reached,
    boolean succeeded,
    @Nullable String suspicion,
    @Nullable String words,
    List<String> notices)
    implements Serializable {
  public Access {
    notices = List.copyOf(notices);
  }

  /** Before the first request. */
  public static Access unknown() {
    return new Access(false, false, null, null, List.of());
  }
}
