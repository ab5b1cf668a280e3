package dev.playlistlake.schema;

import dev.playlistlake.model.Song;

/** Rows of {@code song}. */
public final class SongCodec extends TableCodec<Song> {
  public SongCodec() {
    super(LakeTable.SONG, Song.class);
  }

  @Override
  void fill(AvroRow row, Song value) {
    row.put("track_id", value.trackId())
        .put("name", value.name())
        .put("duration_ms", value.durationMs())
        .put("is_explicit", value.isExplicit())
        .put("disc_number", value.discNumber())
        .put("track_number", value.trackNumber())
        .put("popularity", value.popularity())
        .put("isrc", value.isrc())
        .put("album_id", value.albumId())
        .putArtists(value.artists())
        .put("url", value.url())
        .put("fetched_at", value.fetchedAt())
        .put("artist_names", value.artistNames())
        .put("main_artist_id", value.mainArtistId());
  }

  @Override
  Song read(AvroRow row) {
    return new Song(
        row.required("track_id"),
        row.text("name"),
        row.number("duration_ms"),
        row.flag("is_explicit"),
        row.number("disc_number"),
        row.number("track_number"),
        row.number("popularity"),
        row.text("isrc"),
        row.text("album_id"),
        row.artists(),
        row.text("url"),
        row.instant("fetched_at"));
  }
}
