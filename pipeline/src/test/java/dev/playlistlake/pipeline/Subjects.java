package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.sample.LoggedRequest;
import dev.playlistlake.io.sample.SpotifyStandIn;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is asked for and stored as one: a playlist, or a batch of albums or artists. */
final class Subjects {
  /** Of each playlist, for {@link #requestsOf} to hold. */
  static final int ITEMS = 210;

  /** The first answer, two pages, and the first page again. */
  private static final int REQUESTS_A_PLAYLIST = 4;

  private static final Pattern ABOUT =
      Pattern.compile("/v1/(?<kind>playlist|album|artist)s(/|\\?ids=)(?<id>\\w+).*");
  private static final Pattern STORED =
      Pattern.compile(".*/(?<kind>playlist|album|artist)/(.+-)?(?<id>\\w+)\\.jsonl\\.gz");

  private Subjects() {}

  /** What a service was asked, tokens apart. */
  static List<LoggedRequest> asked(SpotifyStandIn spotify) {
    return spotify.requests().stream().filter(request -> !request.isToken()).toList();
  }

  /** The paths of requests. */
  static Set<String> paths(List<LoggedRequest> requests) {
    return requests.stream()
        .map(LoggedRequest::pathAndQuery)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What requests with these paths are about. */
  static Set<String> subjects(Set<String> paths) {
    return paths.stream().map(Subjects::subject).collect(Collectors.toCollection(TreeSet::new));
  }

  /** How many requests a subject takes where nothing happens. */
  static long requestsOf(String subject) {
    return subject.startsWith("playlist") ? REQUESTS_A_PLAYLIST : 1;
  }

  /** The playlist, or the first of a batch, that a request is about. */
  static String subject(String path) {
    Matcher about = ABOUT.matcher(path);
    assertThat(path, about.matches(), is(true));
    return about.group("kind") + " " + about.group("id");
  }

  /** How many answers about a subject had been given until a moment. */
  static long answers(String subject, List<LoggedRequest> requests, long until) {
    return requests.stream()
        .filter(request -> subject.equals(subject(request.pathAndQuery())))
        .filter(request -> request.status() == 200 && request.endNanos() < until)
        .count();
  }

  /** The subjects whose answers are stored whole. */
  static Set<String> stored(Path lake) {
    Set<String> subjects = new TreeSet<>();
    for (Path object : LakeFolder.files(lake.resolve("raw"))) {
      Matcher name = STORED.matcher(object.toString());
      if (name.matches() && RawObject.read(object.toString()).isPresent()) {
        subjects.add(name.group("kind") + " " + name.group("id"));
      }
    }
    return subjects;
  }
}
