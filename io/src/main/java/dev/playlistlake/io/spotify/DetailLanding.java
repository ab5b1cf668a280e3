package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.RawAttempt;
import dev.playlistlake.io.lake.RawObject;
import dev.playlistlake.io.lake.RawOutcome;
import dev.playlistlake.io.lake.RawStore;
import dev.playlistlake.model.AskingReport;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.SubjectType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gets the day's details of albums and artists into the store: what is there is used, the rest is
 * asked for in batches that are filled over the whole run. The first batch goes alone: an app that
 * may not ask in batches learns so from one request.
 */
final class DetailLanding {
  /** What an app that is refused batches lacks. */
  static final String BATCH = "BATCH";

  private static final String SINGLES = "-singles";

  private final SpotifySource source;
  private final LakeLayout layout;
  private final Enrichment enrichment;
  private final Freshness freshness;
  private final Map<SubjectType, RawStore> stores = new EnumMap<>(SubjectType.class);
  private final Map<SubjectType, Set<String>> names = new EnumMap<>(SubjectType.class);
  private final List<Landed> landed = Collections.synchronizedList(new ArrayList<>());
  private boolean batchRefused;
  private boolean batchWorked;

  DetailLanding(
      SpotifySource source, LakeLayout layout, Enrichment enrichment, Freshness freshness) {
    this.source = source;
    this.layout = layout;
    this.enrichment = enrichment;
    this.freshness = freshness;
    stores.put(SubjectType.ALBUM, new RawStore(layout, "album"));
    stores.put(SubjectType.ARTIST, new RawStore(layout, "artist"));
  }

  /**
   * What landed.
   *
   * @param landed objects with the ids of this run that each answers for
   * @param report how the asking went, the playlists' included
   */
  record Result(List<Landed> landed, AskingReport report) {}

  /** Details of the ids given, as far as enrichment wants them and the report lets us ask. */
  Result land(Map<SubjectType, ? extends Collection<String>> ids, AskingReport before)
      throws InterruptedException {
    Asked asked = new Asked(source.settings().requestBudget(), before);
    Map<SubjectType, List<String>> missing = new EnumMap<>(SubjectType.class);
    ids.forEach(
        (kind, ofKind) -> {
          if (enrichment.wants(kind) && before.isAuthorised()) {
            missing.put(kind, useStored(kind, new TreeSet<>(ofKind)));
          }
        });
    ask(missing, asked);
    List<String> capabilities = batchRefused && !batchWorked ? List.of(BATCH) : List.of();
    return new Result(List.copyOf(landed), asked.report(capabilities));
  }

  /** Uses what is stored; gives back the ids that nothing stored answers for, sorted. */
  private List<String> useStored(SubjectType kind, Set<String> ids) {
    Map<String, List<String>> byObject = new LinkedHashMap<>();
    Map<String, DetailAnswers.Said> newest = new LinkedHashMap<>();
    Map<String, String> objectOf = new LinkedHashMap<>();
    RawStore store = store(kind);
    for (String name : new TreeSet<>(store.names())) {
      store
          .read(name)
          .filter(freshness::isFresh)
          .ifPresent(
              object -> {
                noteBatches(object);
                byObject.put(name, new ArrayList<>());
                DetailAnswers.of(object)
                    .forEach(
                        (id, said) -> {
                          DetailAnswers.Said known = newest.get(id);
                          if (ids.contains(id)
                              && (known == null || said.fetchedAt().isAfter(known.fetchedAt()))) {
                            newest.put(id, said);
                            objectOf.put(id, name);
                          }
                        });
              });
    }
    objectOf.forEach(
        (id, name) -> byObject.computeIfAbsent(name, unused -> new ArrayList<>()).add(id));
    // Objects without a wanted id are passed on too: their requests are counted.
    byObject.forEach((name, answered) -> landed.add(new Landed(kind, store.path(name), answered)));
    ids.removeAll(objectOf.keySet());
    return List.copyOf(ids);
  }

  private void noteBatches(RawObject object) {
    for (RawAttempt attempt : object.attempts()) {
      Integer status = attempt.status();
      if (status != null && ApiRequest.parse(attempt.request()) instanceof ApiRequest.DetailBatch) {
        batchRefused |= status == 403;
        batchWorked |= status == 200;
      }
    }
  }

  private void ask(Map<SubjectType, List<String>> missing, Asked asked)
      throws InterruptedException {
    List<DetailReading> batches = batches(missing);
    if (batches.isEmpty()) {
      return;
    }
    Asking asking = source.asking(asked);
    List<DetailReading> rest = batches;
    List<Subject> unasked = new ArrayList<>();
    try (Progress progress =
        Progress.start(
            "batches of details", batches.size(), asked::spent, source.settings().progress())) {
      if (!batchRefused && !batchWorked) {
        DetailReading first = batches.get(0);
        unasked.addAll(
            asking.work(
                List.of(first),
                work -> {
                  keep(work, Reason.FORBIDDEN);
                  progress.oneDone();
                }));
        batchRefused = first.reason() == Reason.FORBIDDEN && asked.refusal() == null;
        rest = batchRefused ? batches : batches.subList(1, batches.size());
      }
      if (batchRefused && !batchWorked) {
        // Refused for good: without details, or one by one where the user wants them anyway.
        rest = enrichment.alsoOneByOne() ? oneByOne(rest) : List.of();
      }
      unasked.addAll(
          asking.work(
              rest,
              work -> {
                keep(work, null);
                progress.oneDone();
              }));
    }
    landUnasked(unasked, asked);
  }

  private List<DetailReading> batches(Map<SubjectType, List<String>> missing) {
    List<DetailReading> batches = new ArrayList<>();
    missing.forEach(
        (kind, ids) -> {
          int size = batchSize(kind);
          for (int from = 0; from < ids.size(); from += size) {
            List<String> ofBatch = ids.subList(from, Math.min(from + size, ids.size()));
            batches.add(DetailReading.batch(name(kind, ofBatch.get(0)), kind, ofBatch));
          }
        });
    return batches;
  }

  /** A name that nothing stored has: a repeated attempt of this run must not hide the first. */
  private String name(SubjectType kind, String firstId) {
    Set<String> taken = names.computeIfAbsent(kind, unused -> store(kind).names());
    String name = layout.runId() + "-" + firstId;
    for (int i = 2; taken.contains(name) || taken.contains(name + SINGLES); i++) {
      name = layout.runId() + "-" + firstId + "-" + i;
    }
    return name;
  }

  private static int batchSize(SubjectType kind) {
    return kind == SubjectType.ALBUM ? 20 : 50;
  }

  private static List<DetailReading> oneByOne(List<DetailReading> batches) {
    return batches.stream()
        .map(batch -> DetailReading.oneByOne(batch.name() + SINGLES, batch.kind(), batch.ids()))
        .toList();
  }

  /**
   * Stores an ended batch.
   *
   * @param probed the reason that is an answer about batches, not about the ids; null for none
   */
  private void keep(SubjectWork work, @Nullable Reason probed) {
    DetailReading reading = (DetailReading) work.subject();
    RawOutcome outcome = Objects.requireNonNull(reading.outcome());
    String path =
        store(reading.kind()).write(reading.name(), work.draft(), outcome, reading.reason());
    boolean aboutBatches = probed != null && probed == reading.reason();
    landed.add(new Landed(reading.kind(), path, aboutBatches ? List.of() : reading.ids()));
  }

  private void landUnasked(List<Subject> unasked, Asked asked) {
    Reason stop = asked.stoppedBy();
    if (stop == null) {
      return;
    }
    Map<SubjectType, List<String>> ids = new EnumMap<>(SubjectType.class);
    for (Subject subject : unasked) {
      DetailReading reading = (DetailReading) subject;
      ids.computeIfAbsent(reading.kind(), unused -> new ArrayList<>()).addAll(reading.ids());
    }
    ids.forEach(
        (kind, ofKind) -> {
          String path =
              store(kind)
                  .write(layout.runId() + "-unasked", new RawObject.Draft(), RawOutcome.NONE, stop);
          landed.add(new Landed(kind, path, ofKind));
        });
  }

  private RawStore store(SubjectType kind) {
    return Objects.requireNonNull(stores.get(kind));
  }
}
