package dev.playlistlake.io.spotify.fetch;

import dev.playlistlake.io.spotify.api.KnownRefusal;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.run.Access;
import dev.playlistlake.model.run.NetworkProblem;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands against a run of which nothing has succeeded: the same refusal of every request, or
 * no response at all. One request proves nothing against the others; three do, or all that there
 * are. Also keeps what is to be said of failures once per run. Not thread-safe.
 */
final class RunAccess {
  /** So many requests without a success are enough: hundreds more would end like them. */
  private static final int ENOUGH = 3;

  private final Set<String> given = new HashSet<>();
  private final Set<String> notices = new LinkedHashSet<>();
  private final Map<Reason, String> causes = new LinkedHashMap<>();
  private final Map<KnownRefusal, Integer> refusals = new EnumMap<>(KnownRefusal.class);
  private boolean reached;
  private boolean succeeded;
  private @Nullable String suspicion;
  private @Nullable String words;

  RunAccess(Access before) {
    this.reached = before.reached();
    this.succeeded = before.succeeded();
    this.suspicion = before.suspicion();
    this.words = before.words();
    this.notices.addAll(before.notices());
  }

  void reached() {
    reached = true;
  }

  void succeeded() {
    reached = true;
    succeeded = true;
  }

  boolean hasReached() {
    return reached;
  }

  boolean hasSucceeded() {
    return succeeded;
  }

  /** A request ended without a response; true if that condemns the run now. */
  boolean unanswered(String request, Reason reason, NetworkFailure failure) {
    causes.put(reason, failure.words());
    // Without a token no request can be sent, and without a connection none will arrive.
    boolean ofAll =
        failure.problem() == NetworkProblem.NO_TOKEN || failure.problem().isBeforeConnecting();
    return suspect(request, failure.problem().code(), failure.words()) && ofAll || isCondemned();
  }

  /** A request ended with a refusal that concerns them all; true if that condemns the run now. */
  boolean refused(String request, String code, String why) {
    suspect(request, code, why);
    return isCondemned();
  }

  /** The same, by a text of Spotify's. */
  boolean refused(String request, KnownRefusal refusal) {
    refusals.merge(refusal, 1, Integer::sum);
    return refused(request, refusal.code(), refusal.advice());
  }

  private boolean suspect(String request, String code, String why) {
    given.add(request);
    suspicion = code;
    words = why;
    return isHeld();
  }

  private boolean isCondemned() {
    return isHeld() && given.size() >= ENOUGH;
  }

  /** Whether the suspicion still stands. */
  boolean isHeld() {
    String code = suspicion;
    return code != null && !succeeded && (!reached || NetworkProblem.ofCode(code).isEmpty());
  }

  /** The code of the suspicion; null if there is none. */
  @Nullable String suspicion() {
    return suspicion;
  }

  /** The same in words. */
  @Nullable String words() {
    return words;
  }

  /** Sentences on what failed for a cause that the user can do something about; forgets them. */
  List<String> takeNotices() {
    List<String> taken = notices();
    notices.clear();
    causes.clear();
    refusals.clear();
    return taken;
  }

  private List<String> notices() {
    Set<String> all = new LinkedHashSet<>(notices);
    causes.forEach(
        (reason, cause) ->
            all.add(reason + ": no complete response, most recently: " + cause + "."));
    refusals.forEach(
        (refusal, count) ->
            all.add(
                "Spotify refused "
                    + count
                    + (count == 1 ? " request" : " requests")
                    + " (403): "
                    + refusal.advice()
                    + "."));
    return List.copyOf(all);
  }

  /** For the next stage. */
  Access report() {
    boolean held = isHeld();
    return new Access(reached, succeeded, held ? suspicion : null, held ? words : null, notices());
  }
}
