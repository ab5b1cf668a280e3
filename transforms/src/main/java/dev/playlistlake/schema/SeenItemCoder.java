package dev.playlistlake.schema;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.SeenItem;
import dev.playlistlake.model.Song;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.NullableCoder;

/** A slot as its rows one after the other. */
final class SeenItemCoder extends CustomCoder<SeenItem> {
  private final Coder<PlaylistItem> item = new PlaylistItemCodec().coder();
  private final Coder<Song> song = NullableCoder.of(new SongCodec().coder());
  private final Coder<Album> album = NullableCoder.of(new AlbumCodec().coder());
  private final Coder<List<Artist>> artists = ListCoder.of(new ArtistCodec().coder());

  static SeenItemCoder of() {
    return new SeenItemCoder();
  }

  @Override
  @SuppressWarnings("NullAway") // NullableCoder takes null; its type cannot say so
  public void encode(SeenItem value, OutputStream out) throws IOException {
    item.encode(value.item(), out);
    song.encode(value.song(), out);
    album.encode(value.album(), out);
    artists.encode(value.artists(), out);
  }

  @Override
  public SeenItem decode(InputStream in) throws IOException {
    return new SeenItem(item.decode(in), song.decode(in), album.decode(in), artists.decode(in));
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    verifyDeterministic(this, "rows", item, song, album, artists);
  }
}
