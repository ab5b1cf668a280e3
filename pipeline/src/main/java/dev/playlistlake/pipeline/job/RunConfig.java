package dev.playlistlake.pipeline.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.RunRow;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Column {@code run.config}. */
public final class RunConfig {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Key of a run's config: how many entries of the list are not playlists, if there are any. */
  public static final String INVALID_ENTRIES = "invalidEntries";

  /** Key of a run's config: the words of the list, if there are any. */
  public static final String LIST_WORDS = "listWords";

  /**
   * Key of a run's config: the playlists that left the list since the day before, as {@code since},
   * {@code count} and the {@code first} few.
   */
  public static final String LEFT = "leftPlaylists";

  private RunConfig() {}

  /**
   * The flags in force; of the list, which is stored with the responses, only what judges it.
   *
   * @param left what left it; null if unknown
   */
  static String of(
      LakeOptions options,
      LakeLayout layout,
      int maxRejected,
      List<ListEntry> entries,
      @Nullable ObjectNode left) {
    ObjectNode config = MAPPER.createObjectNode();
    config.put("lake", layout.root());
    config.put("ingestDate", layout.ingestDate());
    config.put("apiUrl", options.getApiUrl());
    config.put("accountsUrl", options.getAccountsUrl());
    config.put("credentials", options.getCredentials());
    config.put("mine", options.getMine());
    config.put("enrich", options.getEnrich());
    config.put("maxAge", options.getMaxAge());
    config.put("requestBudget", options.getRequestBudget());
    config.put("detailBudget", options.getDetailBudget());
    config.put("requestConcurrency", options.getRequestConcurrency());
    config.put("maxRetryAfter", options.getMaxRetryAfter());
    config.put("maxRejected", maxRejected);
    config.put("okExitCodes", options.getOkExitCodes());
    config.put("filesPerTable", options.getFilesPerTable());
    config.put("from", options.getFrom());
    config.put("addedBy", options.getAddedBy());
    config.put("allowGone", options.getAllowGone());
    long invalid = entries.stream().filter(entry -> entry.reason() != null).count();
    if (invalid > 0) {
      config.put(INVALID_ENTRIES, invalid);
    }
    if (entries.stream().anyMatch(ListEntry::isWord)) {
      config.put(
          LIST_WORDS,
          entries.stream()
              .filter(ListEntry::isWord)
              .map(ListEntry::given)
              .collect(Collectors.joining(",")));
    }
    if (left != null) {
      config.set(LEFT, left);
    }
    return config.toString();
  }

  /**
   * A run's config; empty if another version wrote it or it is damaged: the numbers still count.
   */
  public static JsonNode of(RunRow run) {
    try {
      return MAPPER.readTree(run.config());
    } catch (JsonProcessingException e) {
      return MAPPER.createObjectNode();
    }
  }
}
