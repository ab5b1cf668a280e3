package dev.playlistlake.pipeline.plan;

import dev.playlistlake.pipeline.job.LakeOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;

/** The flags of {@code plan}, as typed: those of the main job, and its own. */
public interface PlanOptions extends LakeOptions {
  @Description("Ask nothing: plan from the lake's last day")
  @Default.Boolean(false)
  Boolean getOffline();

  void setOffline(Boolean value);

  @Description("Requests a second that Spotify allows")
  @Nullable String getRate();

  void setRate(@Nullable String value);

  @Description("table or json")
  @Default.String("table")
  String getFormat();

  void setFormat(String value);
}
