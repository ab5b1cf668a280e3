package dev.playlistlake.pipeline.plan;

import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.LakeRows;
import dev.playlistlake.io.publish.RunRows;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.spotify.forecast.DetailForecast;
import dev.playlistlake.io.spotify.forecast.Forecast;
import dev.playlistlake.io.spotify.forecast.PlaylistOutlook;
import dev.playlistlake.io.spotify.forecast.Range;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.PlaylistCodec;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Estimated disk space for a day and a year: the sizes of names and responses are not known before.
 * The estimate uses the lake's own files if it has a day.
 *
 * @param tables bytes per table and day
 * @param raw bytes of the planned day's stored responses
 * @param rawOfFullDay the same for a day on which everything is fetched
 * @param rawOfQuietDay the same for a day without changes, on which everything is fresh
 * @param fullDays number of full days per year, by {@code --maxAge}
 * @param fromLake whether the estimate uses the lake's last day
 */
record PlannedBytes(
    Map<LakeTable, Long> tables,
    long raw,
    long rawOfFullDay,
    long rawOfQuietDay,
    int fullDays,
    boolean fromLake) {
  static final int DAYS = 365;

  /**
   * Used without a lake. Measured on a lake of the stand-in's responses: 20 playlists of 300 items,
   * with no song in common. PlannedBytesTest rebuilds it, prints its sizes, and fails if these are
   * off by more than a quarter.
   */
  private static final Map<LakeTable, Weight> WEIGHTS = weights();

  private static final double RAW_OF_ANSWER = 600;
  private static final double RAW_OF_ITEM = 290;
  private static final double RAW_OF_ALBUM = 470;
  private static final double RAW_OF_ARTIST = 90;

  PlannedBytes {
    tables = Map.copyOf(tables);
  }

  /**
   * The size of a table's files for a day, in bytes.
   *
   * @param empty without a row
   * @param perItem additional per playlist item
   */
  private record Weight(long empty, double perItem) {}

  private static Map<LakeTable, Weight> weights() {
    Map<LakeTable, Weight> weights = new EnumMap<>(LakeTable.class);
    weights.put(LakeTable.PLAYLIST, new Weight(4_500, 0.75));
    weights.put(LakeTable.PLAYLIST_ITEM, new Weight(1_500, 45.4));
    weights.put(LakeTable.SONG, new Weight(2_000, 61));
    weights.put(LakeTable.ALBUM, new Weight(2_500, 29));
    weights.put(LakeTable.ARTIST, new Weight(1_500, 11));
    weights.put(LakeTable.PLAYLIST_EVENT, new Weight(3_000, 0.3));
    weights.put(LakeTable.REJECTED, new Weight(1_500, 0));
    return weights;
  }

  static PlannedBytes of(LakeJob job, Forecast forecast) {
    @Nullable LakeLayout dayBefore = job.dayBefore();
    long itemsBefore = dayBefore == null ? 0 : RunRows.read(dayBefore).playlistItemRows();
    @Nullable LakeLayout measure = itemsBefore == 0 ? null : dayBefore;
    double factor = measure == null ? 1 : rawFactor(measure);
    double now = 0;
    double full = 0;
    double quiet = 0;
    Set<String> ofLibrary = ofLibrary(forecast);
    for (PlaylistOutlook outlook : forecast.playlists()) {
      boolean isListed = outlook.basis() == PlaylistOutlook.Basis.LISTING;
      long items = items(outlook);
      long first = isListed ? Math.min(items, Forecast.FIRST_ITEMS) : outlook.firstItems();
      long all = Math.max(first, items);
      double ofFirstAnswer = responses(1, first);
      double ofFullDay = all > first ? responses(2, all + first) : ofFirstAnswer;
      boolean isRead = outlook.pages() > 0 || outlook.basis() == PlaylistOutlook.Basis.STORED;
      // On a day without changes the library listing shows that.
      quiet += ofLibrary.contains(outlook.playlistId()) ? 0 : ofFirstAnswer;
      full += ofFullDay;
      now += isListed ? 0 : isRead ? ofFullDay : ofFirstAnswer;
    }
    DetailForecast details = forecast.details();
    Enrichment enrichment = job.enrichment();
    boolean detailed = !Boolean.FALSE.equals(details.batches()) || enrichment.alsoOneByOne();
    Range none = Range.exactly(0);
    double allDetails =
        details(
            detailed && enrichment.albums() ? details.albums() : none,
            detailed && enrichment.artists() ? details.artists() : none);
    double detailsNow =
        details(detailed ? details.albumsToAsk() : none, detailed ? details.artistsToAsk() : none);
    int maxAge = job.refreshPolicy().maxAge();
    return new PlannedBytes(
        tables(forecast, measure, itemsBefore),
        Math.round(now * factor + detailsNow),
        Math.round(full * factor + allDetails),
        Math.round(quiet * factor),
        maxAge <= 1 ? DAYS : (DAYS + maxAge - 1) / maxAge,
        measure != null);
  }

  private static Set<String> ofLibrary(Forecast forecast) {
    Set<String> ids = new HashSet<>();
    for (ListEntry entry : forecast.list()) {
      if (entry.playlistId() != null && entry.given().equals(ListEntry.ME)) {
        ids.add(entry.playlistId());
      }
    }
    return ids;
  }

  private static long items(PlaylistOutlook outlook) {
    return Objects.requireNonNullElse(outlook.items(), 0L);
  }

  private static Map<LakeTable, Long> tables(
      Forecast forecast, @Nullable LakeLayout measure, long itemsOfMeasure) {
    double items = forecast.playlists().stream().mapToLong(PlannedBytes::items).sum();
    Map<LakeTable, Long> tables = new EnumMap<>(LakeTable.class);
    WEIGHTS.forEach(
        (table, weight) -> {
          double bytes =
              measure == null
                  ? weight.empty() + weight.perItem() * items
                  : LakeFiles.bytes(measure.dataFilesOf(table, measure.runId()))
                      * (items / itemsOfMeasure);
          tables.put(table, Math.round(bytes));
        });
    return tables;
  }

  /** The last day's response bytes, divided by their estimate from our own sizes. */
  private static double rawFactor(LakeLayout dayBefore) {
    long bytes = LakeFiles.bytes(dayBefore.rawDay() + "/playlist/*");
    AtomicLong expected = new AtomicLong();
    Set<String> stored = new RawStore(RawDay.of(dayBefore), "playlist").names();
    LakeRows.forEach(
        new PlaylistCodec(),
        dayBefore,
        row -> {
          if (stored.contains(row.playlistId())) {
            expected.addAndGet(Math.round(answersOf(row)));
          }
        });
    // Stored responses may be deleted while the tables remain.
    return bytes == 0 || expected.get() == 0 ? 1 : (double) bytes / expected.get();
  }

  private static double answersOf(Playlist row) {
    int all = Objects.requireNonNullElse(row.itemCount(), 0);
    int first = Math.min(all, Forecast.FIRST_ITEMS);
    return ReadStatus.READ.equals(row.readStatus()) && all > first
        ? responses(2, all + first)
        : responses(1, first);
  }

  private static double responses(int responses, long items) {
    return responses * RAW_OF_ANSWER + items * RAW_OF_ITEM;
  }

  private static double details(Range albums, Range artists) {
    return middle(albums) * RAW_OF_ALBUM + middle(artists) * RAW_OF_ARTIST;
  }

  private static double middle(Range range) {
    return (range.min() + Objects.requireNonNullElse(range.max(), range.min())) / 2.0;
  }

  /** All tables, per day. */
  long ofTables() {
    return tables.values().stream().mapToLong(Long::longValue).sum();
  }

  /** One table, per day. */
  long of(LakeTable table) {
    return Objects.requireNonNull(tables.get(table));
  }

  /** All tables, per year: each day is complete. */
  long ofTablesAYear() {
    return ofTables() * DAYS;
  }

  /** Stored responses per year: full days, with quiet ones between them. */
  long rawAYear() {
    return rawOfFullDay * fullDays + rawOfQuietDay * (DAYS - fullDays);
  }

  /** The most that a query of one day reads if it joins items and songs. */
  long scanOfOneDay() {
    return of(LakeTable.SONG) + of(LakeTable.PLAYLIST_ITEM);
  }

  /** The same for a query of a year. */
  long scanOfYear() {
    return scanOfOneDay() * DAYS;
  }
}
