package dev.playlistlake.io.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The scripts in force: those with answers left, oldest first, then those that always hold. */
final class Scripts {

  private static final Scripted ORDINARY = Scripted.normal();

  private record Queue(Predicate<LoggedRequest> matches, Deque<Scripted> answers) {}

  private record Standing(Predicate<LoggedRequest> matches, Scripted answer) {}

  private final List<Queue> queues = new ArrayList<>();
  private final List<Standing> standing = new ArrayList<>();

  synchronized void add(Predicate<LoggedRequest> matches, List<Scripted> answers) {
    queues.add(new Queue(matches, new ArrayDeque<>(answers)));
  }

  synchronized void addAlways(Predicate<LoggedRequest> matches, Scripted answer) {
    standing.add(new Standing(matches, answer));
  }

  synchronized void clear() {
    queues.clear();
    standing.clear();
  }

  synchronized Scripted next(LoggedRequest request) {
    queues.removeIf(queue -> queue.answers.isEmpty());
    for (Queue queue : queues) {
      if (queue.matches.test(request)) {
        return queue.answers.remove();
      }
    }
    for (Standing script : standing) {
      if (script.matches.test(request)) {
        return script.answer;
      }
    }
    return ORDINARY;
  }
}
