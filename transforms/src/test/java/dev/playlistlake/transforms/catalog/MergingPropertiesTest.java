package dev.playlistlake.transforms.catalog;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.ArtistRef;
import dev.playlistlake.model.Song;
import dev.playlistlake.schema.AlbumCodec;
import dev.playlistlake.schema.ArtistCodec;
import dev.playlistlake.schema.SongCodec;
import dev.playlistlake.schema.TableCodec;
import dev.playlistlake.testing.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.jspecify.annotations.Nullable;

/** What holds for the merging of any sightings, however they come together. */
class MergingPropertiesTest {
  @Property
  void songsMergeTheSameHoweverTheyComeTogether(
      @ForAll("songs") List<Song> sightings, @ForAll Random random) {
    mergesTheSame(new SongMerging(), sightings, random);
  }

  @Property
  void albumsMergeTheSameHoweverTheyComeTogether(
      @ForAll("albums") List<Album> sightings, @ForAll Random random) {
    mergesTheSame(new AlbumMerging(), sightings, random);
  }

  @Property
  void artistsMergeTheSameHoweverTheyComeTogether(
      @ForAll("artists") List<Artist> sightings, @ForAll Random random) {
    mergesTheSame(new ArtistMerging(), sightings, random);
  }

  @Property
  void aSongIsItsNewestSighting(@ForAll("songs") List<Song> sightings) {
    assertThat(
        new SongMerging().merge(sightings),
        equalTo(first(sightings, Song::fetchedAt, new SongCodec())));
  }

  @Property
  void anAlbumIsItsNewestSightingWithTheNewestDetailThatHasAColumn(
      @ForAll("albums") List<Album> sightings) {
    List<Album> simple = sightings.stream().map(MergingPropertiesTest::withoutDetails).toList();
    Album expected =
        first(simple, Album::fetchedAt, new AlbumCodec())
            .withDetails(
                ofNewestAlbum(sightings, Album::label),
                ofNewestAlbum(sightings, Album::popularity),
                ofNewestAlbum(sightings, Album::upc),
                ofNewestAlbum(sightings, Album::detailedAt));
    assertThat(new AlbumMerging().merge(sightings), equalTo(expected));
  }

  @Property
  void anArtistIsTheNewestSightingWithTheNewestDetailThatHasAColumn(
      @ForAll("artists") List<Artist> sightings) {
    List<Artist> simple = sightings.stream().map(MergingPropertiesTest::withoutDetails).toList();
    Artist base = first(simple, Artist::fetchedAt, new ArtistCodec());
    Artist expected =
        new Artist(
            base.artistId(),
            base.name(),
            base.url(),
            base.fetchedAt(),
            ofNewestArtist(sightings, Artist::genres),
            ofNewestArtist(sightings, Artist::popularity),
            ofNewestArtist(sightings, Artist::followers),
            ofNewestArtist(sightings, Artist::imageUrl),
            ofNewestArtist(sightings, Artist::detailedAt));
    assertThat(new ArtistMerging().merge(sightings), equalTo(expected));
  }

  /** A simplified album, or a detail with nothing in it, however new. */
  @Property
  void aNewerAnswerWithFewerFieldsErasesNoDetail(
      @ForAll("albums") List<Album> sightings, @ForAll("album") Album another) {
    List<@Nullable Object> known = details(new AlbumMerging().merge(sightings));
    Instant later = Rows.NOON.plusSeconds(100);
    for (Instant detailedAt : Arrays.asList(null, later)) {
      List<Album> more = new ArrayList<>(sightings);
      more.add(another.withDetails(null, null, null, detailedAt));
      assertThat(details(new AlbumMerging().merge(more)), equalTo(known));
    }
  }

  private static <T> void mergesTheSame(Merging<T> merging, List<T> sightings, Random random) {
    T expected = merging.merge(sightings);
    List<T> shuffled = new ArrayList<>(sightings);
    Collections.shuffle(shuffled, random);
    assertThat("in another order", merging.merge(shuffled), equalTo(expected));
    List<T> grouped = shuffled;
    for (int level = 1; level <= 2; level++) {
      grouped = mergedInGroups(merging, grouped, random);
      assertThat("merged early " + level + " times", merging.merge(grouped), equalTo(expected));
    }
  }

  /** Groups at random, each with its sightings made one where that is allowed. */
  private static <T> List<T> mergedInGroups(Merging<T> merging, List<T> sightings, Random random) {
    Map<Integer, T> early = new TreeMap<>();
    List<T> left = new ArrayList<>();
    for (T sighting : sightings) {
      if (merging.mayMergeEarly(sighting)) {
        early.merge(
            random.nextInt(3), sighting, (one, other) -> merging.merge(List.of(one, other)));
      } else {
        left.add(sighting);
      }
    }
    left.addAll(early.values());
    Collections.shuffle(left, random);
    return left;
  }

  /** The definition of who wins: newest, then most columns set, then smallest encoding. */
  private static <T> T first(
      List<T> sightings, Function<T, @Nullable Instant> time, TableCodec<T> codec) {
    return sightings.stream().min(order(time, codec)).orElseThrow();
  }

  private static <T> Comparator<T> order(Function<T, @Nullable Instant> time, TableCodec<T> codec) {
    return comparing(time, nullsFirst(naturalOrder()))
        .thenComparing(comparingLong(sighting -> columnsSet(codec, sighting)))
        .reversed()
        .thenComparing(sighting -> encoding(codec, sighting), Arrays::compareUnsigned);
  }

  private static <T> long columnsSet(TableCodec<T> codec, T sighting) {
    int columns = codec.table().schema().getFields().size();
    return IntStream.range(0, columns)
        .filter(column -> codec.toRow(sighting).get(column) != null)
        .count();
  }

  private static <T> byte[] encoding(TableCodec<T> codec, T sighting) {
    try {
      return CoderUtils.encodeToByteArray(codec.coder(), sighting);
    } catch (CoderException e) {
      throw new AssertionError(e);
    }
  }

  private static <V> @Nullable V ofNewestAlbum(
      List<Album> sightings, Function<Album, @Nullable V> column) {
    return ofNewest(sightings, column, Album::detailedAt, new AlbumCodec());
  }

  private static <V> @Nullable V ofNewestArtist(
      List<Artist> sightings, Function<Artist, @Nullable V> column) {
    return ofNewest(sightings, column, Artist::detailedAt, new ArtistCodec());
  }

  private static <T, V> @Nullable V ofNewest(
      List<T> sightings,
      Function<T, @Nullable V> column,
      Function<T, @Nullable Instant> detailedAt,
      TableCodec<T> codec) {
    return sightings.stream()
        .filter(sighting -> detailedAt.apply(sighting) != null && column.apply(sighting) != null)
        .min(order(detailedAt, codec))
        .map(column)
        .orElse(null);
  }

  private static Album withoutDetails(Album album) {
    return album.withDetails(null, null, null, null);
  }

  private static Artist withoutDetails(Artist artist) {
    return Artist.seen(artist.artistId(), artist.name(), artist.url(), artist.fetchedAt());
  }

  private static List<@Nullable Object> details(Album album) {
    return Arrays.asList(album.label(), album.popularity(), album.upc());
  }

  // Few values and many nulls, so that sightings tie in every way.

  @Provide
  Arbitrary<List<Song>> songs() {
    return several(
        Combinators.combine(text(), time(), number(), number(), named())
            .as(
                (name, fetchedAt, duration, popularity, artists) ->
                    new Song(
                        "s",
                        name,
                        duration,
                        null,
                        null,
                        null,
                        popularity,
                        null,
                        null,
                        artists,
                        null,
                        fetchedAt)));
  }

  @Provide
  Arbitrary<List<Album>> albums() {
    return several(album());
  }

  @Provide
  Arbitrary<Album> album() {
    return Combinators.combine(text(), time(), named(), time(), text(), number(), text())
        .as(
            (name, fetchedAt, artists, detailedAt, label, popularity, upc) -> {
              Album seen =
                  new Album(
                      "al", name, null, null, null, null, null, null, artists, null, null,
                      fetchedAt, null, null, null, null);
              // What is no detail has none of its columns.
              return detailedAt == null
                  ? seen
                  : seen.withDetails(label, popularity, upc, detailedAt);
            });
  }

  @Provide
  Arbitrary<List<Artist>> artists() {
    Arbitrary<List<String>> genres = Arbitraries.of("rock", "pop").list().ofMaxSize(2);
    return several(
        Combinators.combine(
                text(), time(), time(), genres.injectNull(0.4), number(), number(), text())
            .as(
                (name, fetchedAt, detailedAt, tags, popularity, followers, image) ->
                    detailedAt == null
                        ? Artist.seen("a", name, null, fetchedAt)
                        : new Artist(
                            "a",
                            name,
                            null,
                            fetchedAt,
                            tags,
                            popularity,
                            followers,
                            image,
                            detailedAt)));
  }

  private static <T> Arbitrary<List<T>> several(Arbitrary<T> sighting) {
    return sighting.list().ofMinSize(1).ofMaxSize(7);
  }

  private static Arbitrary<String> text() {
    return Arbitraries.of("", "A", "B").injectNull(0.4);
  }

  private static Arbitrary<Integer> number() {
    return Arbitraries.of(0, 1, 2).injectNull(0.4);
  }

  private static Arbitrary<Instant> time() {
    return Arbitraries.integers()
        .between(0, 2)
        .map(seconds -> Rows.NOON.plusSeconds(seconds))
        .injectNull(0.3);
  }

  private static Arbitrary<List<ArtistRef>> named() {
    return text().map(name -> new ArtistRef(name, name)).list().ofMaxSize(2);
  }
}
