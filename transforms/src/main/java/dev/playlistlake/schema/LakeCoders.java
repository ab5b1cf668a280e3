package dev.playlistlake.schema;

import dev.playlistlake.model.run.Carry;
import dev.playlistlake.model.run.DetailState;
import dev.playlistlake.model.run.IntegrityClaim;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviderRegistrar;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Gives every pipeline the coders of the model's records, so no step has to name one. */
public final class LakeCoders implements CoderProviderRegistrar {
  private static final List<TableCodec<?>> CODECS =
      List.of(
          new PlaylistCodec(),
          new PlaylistItemCodec(),
          new SongCodec(),
          new AlbumCodec(),
          new ArtistCodec(),
          new PlaylistEventCodec(),
          new RejectionCodec(),
          new RunRowCodec());

  /** All tables' codecs, in the order of the tables. */
  public static List<TableCodec<?>> codecs() {
    return CODECS;
  }

  @Override
  public List<CoderProvider> getCoderProviders() {
    List<CoderProvider> providers = new ArrayList<>();
    for (TableCodec<?> codec : CODECS) {
      providers.add(provider(codec));
    }
    providers.add(provider(IntegrityClaim.class, new ClaimFormat()));
    providers.add(provider(Carry.class, new CarryFormat()));
    providers.add(provider(DetailState.class, new DetailStateFormat()));
    return providers;
  }

  private static <T> CoderProvider provider(Class<T> type, RowFormat<T> format) {
    return CoderProviders.forCoder(TypeDescriptor.of(type), FormatCoder.of(format));
  }

  private static <T> CoderProvider provider(TableCodec<T> codec) {
    return CoderProviders.forCoder(TypeDescriptor.of(codec.type()), codec.coder());
  }
}
