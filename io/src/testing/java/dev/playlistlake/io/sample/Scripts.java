package dev.playlistlake.io.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The scripts in order of precedence: queues with responses left, oldest first, then permanent
 * ones.
 */
final class Scripts {

  private static final Scripted ORDINARY = Scripted.normal();

  private record Queue(Predicate<LoggedRequest> matches, Deque<Scripted> responses) {}

  private record Permanent(Predicate<LoggedRequest> matches, Scripted response) {}

  private final List<Queue> queues = new ArrayList<>();
  private final List<Permanent> permanent = new ArrayList<>();

  synchronized void add(Predicate<LoggedRequest> matches, List<Scripted> responses) {
    queues.add(new Queue(matches, new ArrayDeque<>(responses)));
  }

  synchronized void addAlways(Predicate<LoggedRequest> matches, Scripted response) {
    permanent.add(new Permanent(matches, response));
  }

  synchronized void clear() {
    queues.clear();
    permanent.clear();
  }

  synchronized Scripted next(LoggedRequest request) {
    queues.removeIf(queue -> queue.responses.isEmpty());
    for (Queue queue : queues) {
      if (queue.matches.test(request)) {
        return queue.responses.remove();
      }
    }
    for (Permanent script : permanent) {
      if (script.matches.test(request)) {
        return script.response;
      }
    }
    return ORDINARY;
  }
}
