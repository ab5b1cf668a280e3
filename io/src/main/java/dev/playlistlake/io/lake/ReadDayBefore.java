package dev.playlistlake.io.lake;

import dev.playlistlake.schema.AlbumCodec;
import dev.playlistlake.schema.ArtistCodec;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.SongCodec;
import dev.playlistlake.schema.TableCodec;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a run builds on: the rows of the newest published day before it (decision 14), of all
 * tables but events and rejections, which belong to one day only. Out: rows in no order; none on
 * the lake's first day.
 */
public final class ReadDayBefore extends PTransform<PBegin, DayBefore> {
  private final @Nullable LakeLayout run;

  private ReadDayBefore(@Nullable LakeLayout run) {
    this.run = run;
  }

  /**
   * Reads a day.
   *
   * @param run the published run of that day; null if there is no such day
   */
  public static ReadDayBefore of(@Nullable LakeLayout run) {
    return new ReadDayBefore(run);
  }

  @Override
  public DayBefore expand(PBegin begin) {
    return new DayBefore(
        PCollectionTuple.of(DayBefore.PLAYLISTS, read(begin, new PlaylistCodec()))
            .and(DayBefore.ITEMS, read(begin, new PlaylistItemCodec()))
            .and(DayBefore.SONGS, read(begin, new SongCodec()))
            .and(DayBefore.ALBUMS, read(begin, new AlbumCodec()))
            .and(DayBefore.ARTISTS, read(begin, new ArtistCodec())),
        run == null ? null : run.ingestDate());
  }

  private <T> PCollection<T> read(PBegin begin, TableCodec<T> codec) {
    return begin.apply("Read " + codec.table().tableName(), ReadTable.of(codec, run));
  }
}
