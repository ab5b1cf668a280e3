package dev.playlistlake.pipeline.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.spotify.forecast.DetailForecast;
import dev.playlistlake.io.spotify.forecast.PlaylistOutlook.Basis;
import dev.playlistlake.io.spotify.forecast.Range;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.schema.LakeTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan as one line of JSON. Numbers are {@code {"min", "max"}}, exact ones too; max is null if
 * unknown.
 */
final class PlanJson {
  private PlanJson() {}

  static String of(Plan plan) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    FetchReport report = plan.report();
    json.put(LakeTable.INGEST_DATE, plan.lake().ingestDate());
    json.put("lake", plan.lake().root());
    json.put("previous_ingest_date", plan.dayBefore());
    json.put("offline", plan.offline());
    json.put("requests_asked", report.requests());
    json.put("stopped_by", report.stoppedBy() == null ? null : report.stoppedBy().name());
    json.put("resume_at", report.resumeAt() == null ? null : report.resumeAt().toString());
    json.put("playlists_listed", plan.forecast().playlists().size());
    json.put("playlists_stored", plan.playlists(Basis.STORED));
    json.put("playlists_unchanged_as_listed", plan.playlists(Basis.LISTING));
    json.put("playlists_asked", plan.playlists(Basis.FIRST_ANSWER));
    json.put("playlists_as_before", plan.playlists(Basis.DAY_BEFORE));
    json.put("playlists_unknown", plan.unknown());
    put(json, "items", plan.items());
    put(json, "requests", plan.requests());
    ObjectNode families = json.putObject("requests_by_family");
    plan.forecast().byFamily().forEach((family, requests) -> put(families, family, requests));
    json.put("library_requests", plan.forecast().libraryRequests());
    put(json, "playlist_requests", plan.forecast().playlistRequests());
    json.put("first_answers", plan.firstAnswers());
    json.put("pages", plan.pages());
    json.put("looks_again", plan.looksAgain());
    DetailForecast details = plan.forecast().details();
    put(json, "detail_requests", details.requests());
    put(json, "albums_to_ask", details.albumsToAsk());
    put(json, "artists_to_ask", details.artistsToAsk());
    json.put("batches_allowed", details.batches());
    json.put("batches_known_by", details.evidence().name());
    json.put("requests_per_second", plan.rate().map(Plan.Rate::perSecond).orElse(null));
    json.put("seconds_min", plan.seconds(plan.requests().min()).orElse(null));
    json.put("seconds_max", plan.seconds(plan.requests().max()).orElse(null));
    put(json, "unreadable", plan.unreadable());
    put(json, "not_asked", plan.notFetched());
    PlannedBytes bytes = plan.bytes();
    json.put("measured_by_lake", bytes.fromLake());
    json.put("table_bytes_a_day", bytes.ofTables());
    json.put("raw_bytes_a_day", bytes.raw());
    json.put("table_bytes_a_year", bytes.ofTablesAYear());
    json.put("raw_bytes_a_year", bytes.rawAYear());
    json.put("scan_bytes_one_day", bytes.scanOfOneDay());
    json.put("scan_bytes_a_year", bytes.scanOfYear());
    return json.toString();
  }

  private static void put(ObjectNode json, String name, Range range) {
    @Nullable Long max = range.max();
    json.putObject(name).put("min", range.min()).put("max", max);
  }

  private static void put(ObjectNode json, String name, List<Rejection> rejections) {
    ArrayNode array = json.putArray(name);
    for (Rejection rejection : rejections) {
      ObjectNode one = array.addObject();
      one.put("subject_id", rejection.subjectId());
      one.put("reason", rejection.reason().name());
      one.put("message", rejection.message());
    }
  }
}
