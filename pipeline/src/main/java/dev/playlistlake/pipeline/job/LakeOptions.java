package dev.playlistlake.pipeline.job;

import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.jspecify.annotations.Nullable;

/** The main job's flags as typed; {@link LakeJob} holds their meaning. */
public interface LakeOptions extends S3Options {
  @Description("Ids, URIs or URLs with commas between, or a file with one a line; me, liked")
  @Nullable String getPlaylists();

  void setPlaylists(@Nullable String value);

  @Description("Which playlists of the user's library --playlists=me means: owned, or all")
  @Default.String("all")
  String getMine();

  void setMine(String value);

  @Description("Folder or s3:// prefix of the lake")
  @Nullable String getLake();

  void setLake(@Nullable String value);

  @Description("The day, YYYY-MM-DD; today in UTC")
  @Nullable String getIngestDate();

  void setIngestDate(@Nullable String value);

  @Description("Scheme, host and port of the Web API")
  @Default.String("https://api.spotify.com")
  String getApiUrl();

  void setApiUrl(String value);

  @Description("Scheme, host and port of the accounts service")
  @Default.String("https://accounts.spotify.com")
  String getAccountsUrl();

  void setAccountsUrl(String value);

  @Description("Where the credentials are: env, file:PATH or secretsmanager:ARN")
  @Default.String("env")
  String getCredentials();

  void setCredentials(String value);

  @Description("auto, none, albums, artists, or albums,artists")
  @Default.String("auto")
  String getEnrich();

  void setEnrich(String value);

  @Description("Days after which items and details are asked again; 0 asks for everything")
  @Default.Integer(7)
  Integer getMaxAge();

  void setMaxAge(Integer value);

  @Description("Most requests of this run; unlimited")
  @Nullable Long getRequestBudget();

  void setRequestBudget(@Nullable Long value);

  @Description("Most details of albums and artists fetched one by one by this run")
  @Default.Integer(400)
  Integer getDetailBudget();

  void setDetailBudget(Integer value);

  @Description("Most requests in flight")
  @Default.Integer(16)
  Integer getRequestConcurrency();

  void setRequestConcurrency(Integer value);

  @Description("Longest wait in seconds that a 429 may ask for")
  @Default.Integer(60)
  Integer getMaxRetryAfter();

  void setMaxRetryAfter(Integer value);

  @Description("Playlists that may be rejected before the exit code is 3")
  @Nullable Integer getMaxRejected();

  void setMaxRejected(@Nullable Integer value);

  @Description("Exit codes, of 3 and 4, to turn into 0")
  @Default.String("")
  String getOkExitCodes();

  void setOkExitCodes(String value);

  @Description("Files a table and run")
  @Default.Integer(1)
  Integer getFilesPerTable();

  void setFilesPerTable(Integer value);

  @Description("What becomes of user ids: keep, hash or drop")
  @Default.String("keep")
  String getAddedBy();

  void setAddedBy(String value);

  @Description("Publish although many playlists are gone at once")
  @Default.Boolean(false)
  Boolean getAllowGone();

  void setAllowGone(Boolean value);

  @Description("api, or raw:PATH: a lake's raw folder to replay")
  @Default.String("api")
  String getFrom();

  void setFrom(String value);

  @Description("Say more on stderr")
  @Default.Boolean(false)
  Boolean getVerbose();

  void setVerbose(Boolean value);
}
