package dev.playlistlake.pipeline.plan;

import dev.playlistlake.io.spotify.forecast.DetailForecast;
import dev.playlistlake.io.spotify.forecast.PlaylistOutlook.Basis;
import dev.playlistlake.io.spotify.forecast.Range;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.pipeline.run.Summary;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plan as text, for people. */
final class PlanTable {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  private final Plan plan;
  private final PrintStream out;

  PlanTable(Plan plan, PrintStream out) {
    this.plan = plan;
    this.out = out;
  }

  void print() {
    out.println(
        "A run of " + plan.lake().ingestDate() + " into " + plan.lake().root() + ", " + basis());
    out.println();
    line("playlists", number(plan.forecast().playlists().size()), playlists());
    line("items", words(plan.items()), "");
    line("requests", words(plan.requests()), budget());
    if (plan.forecast().libraryRequests() > 0) {
      line("  library", number(plan.forecast().libraryRequests()), "what me and liked mean");
    }
    line("  first answers", number(plan.firstAnswers()), stored());
    line("  pages", orMore(plan.pages()), "");
    line("  looks again", orMore(plan.looksAgain()), "");
    line("  details", words(plan.forecast().details().requests()), details());
    out.println("requests by family of endpoints; Spotify counts a quota for each of its own");
    plan.forecast()
        .byFamily()
        .forEach(
            (family, requests) ->
                out.println(String.format(Locale.ROOT, "  %-26s %s", family, words(requests))));
    line("time", time(), rate());
    PlannedBytes bytes = plan.bytes();
    line(
        "storage a day",
        bytes(bytes.ofTables() + bytes.raw()),
        "tables " + bytes(bytes.ofTables()) + ", answers as they come " + bytes(bytes.raw()));
    line(
        "storage a year",
        bytes(bytes.ofTablesAYear() + bytes.rawAYear()),
        "tables "
            + bytes(bytes.ofTablesAYear())
            + ", answers "
            + bytes(bytes.rawAYear())
            + " if all are kept: "
            + bytes.fullDays()
            + " days ask for everything");
    line(
        "Athena, one day",
        bytes(bytes.scanOfOneDay()),
        "at most, for song and playlist_item; a query is billed for 10 MB at least");
    line("Athena, a year", bytes(bytes.scanOfYear()), "the same question about 365 days");
    out.println();
    out.println(
        "Bytes are about, "
            + (bytes.fromLake()
                ? "measured by the lake's last day."
                : "measured by invented data; a lake with a day is measured by itself."));
    section("This app cannot read:", plan.unreadable());
    section("Could not be asked for:", plan.notFetched());
    stopped().ifPresent(out::println);
  }

  private String basis() {
    String lakes = plan.dayBefore() == null ? "" : " and the lake's day " + plan.dayBefore();
    return plan.offline()
        ? "as if nothing changed since the lake's day " + plan.dayBefore() + "; nothing was asked"
        : "by " + count(plan.forecast().report().requests(), "request") + lakes;
  }

  private String playlists() {
    List<String> parts = new ArrayList<>();
    part(parts, plan.playlists(Basis.STORED), "stored today already");
    part(parts, plan.playlists(Basis.LISTING), "unchanged as the library lists them");
    part(parts, plan.offline() ? 0 : plan.playlists(Basis.DAY_BEFORE), "as on the day before");
    part(parts, plan.unknown(), "unknown");
    return String.join(", ", parts);
  }

  private static void part(List<String> parts, long number, String what) {
    if (number > 0) {
      parts.add(number(number) + " " + what);
    }
  }

  private String stored() {
    return plan.playlists(Basis.STORED) > 0 ? "what is stored is not asked for again" : "";
  }

  private String budget() {
    Long budget = plan.requestBudget();
    return budget != null && plan.requests().min() > budget
        ? "more than --requestBudget=" + budget + " allows: the run stops early"
        : "";
  }

  private String details() {
    DetailForecast details = plan.forecast().details();
    String wanted =
        "albums "
            + words(details.albumsToAsk())
            + ", artists "
            + words(details.artistsToAsk())
            + " without a fresh detail";
    if (details.requests().isExact() && details.requests().min() == 0) {
      return wanted;
    }
    Boolean batches = details.batches();
    return wanted
        + (batches == null
            ? "; nobody knows whether this app may ask in batches"
            : (batches ? "; in batches" : "; this app may not ask in batches")
                + ", as "
                + details.evidence().words());
  }

  private String time() {
    Range requests = plan.requests();
    Optional<Double> least = plan.seconds(requests.min());
    if (least.isEmpty()) {
      return "unknown";
    }
    Optional<Double> most = plan.seconds(requests.max());
    String from = time(least.get());
    if (most.isEmpty()) {
      return "at least " + from;
    }
    String to = time(most.get());
    return from.equals(to) ? from : from + " to " + to;
  }

  private String rate() {
    return plan.rate()
        .map(
            rate ->
                String.format(
                    Locale.ROOT, "at %.1f requests a second, %s", rate.perSecond(), rate.words()))
        .orElse("give --rate=REQUESTS_PER_SECOND");
  }

  private Optional<String> stopped() {
    if (plan.isWhole()) {
      return Optional.empty();
    }
    return Optional.of(
        "The plan is not whole"
            + (plan.report().resumeAt() == null
                ? "."
                : "; Spotify answers again after " + plan.report().resumeAt() + "."));
  }

  private void section(String title, List<Rejection> rejections) {
    if (!rejections.isEmpty()) {
      out.println(title);
      Summary.rejectionLines(rejections).forEach(out::println);
    }
  }

  private void line(String label, String value, String note) {
    out.println(String.format(Locale.ROOT, "%-15s  %14s  %s", label, value, note).stripTrailing());
  }

  /** Unknown playlists may add more. */
  private String orMore(long known) {
    return plan.unknown() > 0 ? "at least " + number(known) : number(known);
  }

  private static String words(Range range) {
    @Nullable Long max = range.max();
    if (max == null) {
      return "at least " + number(range.min());
    }
    return range.isExact() ? number(range.min()) : number(range.min()) + " to " + number(max);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String count(long number, String what) {
    return number(number) + " " + what + (number == 1 ? "" : "s");
  }

  private static String time(double seconds) {
    if (seconds < 100) {
      return Math.round(Math.ceil(seconds)) + " s";
    }
    long minutes = Math.round(Math.ceil(seconds / 60));
    return minutes < 100 ? minutes + " min" : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }

  private static String bytes(long bytes) {
    double value = bytes / 1000.0;
    int unit = 0;
    while (value >= 999.95 && unit + 1 < UNITS.length) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
