package dev.playlistlake.io.sample;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.ArtistData;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleCatalogTest {

  private final MapCatalog catalog = SampleCatalog.create();

  @Test
  void itIsTheSameAtEveryRun() {
    MapCatalog again = SampleCatalog.create();
    assertThat(again.playlistIds(), is(catalog.playlistIds()));
    for (String id : catalog.playlistIds()) {
      assertThat(again.playlist(id), is(catalog.playlist(id)));
    }
  }

  @Test
  void playlistsHaveTheSizesTheyPromise() {
    assertThat(items(SampleCatalog.COMMUTE), hasSize(230));
    assertThat(items(SampleCatalog.FOCUS), hasSize(140));
    assertThat(items(SampleCatalog.KITCHEN), hasSize(64));
    assertThat(items(SampleCatalog.SUNSET), hasSize(40));
    assertThat(items(SampleCatalog.CRATE), hasSize(24));
    assertThat(items(SampleCatalog.EMPTY), is(empty()));
    assertThat(catalog.playlist(SampleCatalog.MISSING).isPresent(), is(false));
    assertThat(catalog.playlistIds(), hasSize(8));
  }

  @Test
  void idsHaveSpotifysForm() {
    List<String> ids =
        Stream.of(
                catalog.playlistIds().stream(),
                tracks().map(TrackData::id),
                tracks().map(track -> track.album().id()),
                artists().map(ArtistData::id))
            .flatMap(part -> part)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    assertThat(ids, everyItem(matchesPattern("[0-9A-Za-z]{22}")));
    assertThat(ids, not(hasItems(matchesPattern("37i9dQ.*"))));
  }

  @Test
  void entriesNameEveryPlaylistInSeveralForms() {
    assertThat(SampleCatalog.playlistEntries(), hasSize(9));
    assertThat(
        SampleCatalog.playlistEntries(),
        hasItems(
            SampleCatalog.MISSING,
            "spotify:playlist:" + SampleCatalog.FOCUS,
            "https://open.spotify.com/playlist/" + SampleCatalog.KITCHEN + "?si=5a1f0c92d77e4b03"));
  }

  @Test
  void playlistsShareSongsAndOneHasASongTwice() {
    Set<String> commute = uris(SampleCatalog.COMMUTE).collect(Collectors.toSet());
    assertThat(uris(SampleCatalog.KITCHEN).filter(commute::contains).count(), is(greaterThan(30L)));
    Map<String, Long> kitchen =
        uris(SampleCatalog.KITCHEN)
            .collect(Collectors.groupingBy(uri -> uri, Collectors.counting()));
    assertThat(kitchen.values(), hasItems(2L));
  }

  @Test
  void everyKindOfItemOccurs() {
    List<ItemData> sunset = items(SampleCatalog.SUNSET);
    assertThat(sunset.stream().filter(ItemData::local).count(), is(1L));
    assertThat(sunset.stream().filter(item -> item.episode() != null).count(), is(1L));
    assertThat(
        sunset.stream().filter(item -> item.track() == null && item.episode() == null).count(),
        is(1L));
  }

  @Test
  void releaseDatesAreAsOddAsSpotifys() {
    List<String> dates =
        albums().map(AlbumData::releaseDate).filter(Objects::nonNull).distinct().toList();
    assertThat(dates, hasItems("0000", "2021", "2021-02"));
  }

  @Test
  void theSameRecordingOccursUnderTwoIds() {
    Map<String, Set<String>> byIsrc =
        tracks()
            .filter(track -> track.isrc() != null)
            .collect(
                Collectors.groupingBy(
                    track -> String.valueOf(track.isrc()),
                    Collectors.mapping(TrackData::uri, Collectors.toSet())));
    assertThat(byIsrc.values().stream().filter(uris -> uris.size() == 2).count(), is(3L));
    assertThat(byIsrc.values().stream().filter(uris -> uris.size() > 2).count(), is(0L));
  }

  @Test
  void datesOfAdditionAreFixedAndLieBetween2019And2026() {
    List<String> dates =
        catalog.playlistIds().stream()
            .flatMap(id -> items(id).stream())
            .map(ItemData::addedAt)
            .filter(Objects::nonNull)
            .filter(date -> !date.startsWith("1970"))
            .toList();
    assertThat(
        dates, everyItem(matchesPattern("20(19|2[0-6])-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ")));
    assertThat(dates, everyItem(is(lessThan("2026-10"))));
    assertThat(dates.stream().map(date -> date.substring(0, 4)).distinct().count(), is(8L));
  }

  @Test
  void thereIsVarietyToReportOn() {
    assertThat(artists().distinct().count(), is(greaterThan(18L)));
    assertThat(albums().distinct().count(), is(greaterThan(45L)));
    assertThat(tracks().distinct().count(), is(greaterThan(280L)));
    assertThat(
        artists().flatMap(artist -> artist.genres().stream()).distinct().count(),
        is(greaterThan(15L)));
    assertThat(
        albums().map(AlbumData::label).filter(Objects::nonNull).distinct().count(),
        is(greaterThan(4L)));
    assertThat(
        albums()
            .map(AlbumData::releaseDate)
            .filter(Objects::nonNull)
            .map(date -> date.substring(0, 4))
            .distinct()
            .count(),
        is(greaterThan(25L)));
    assertThat(tracks().map(TrackData::popularity).distinct().count(), is(greaterThan(50L)));
  }

  private List<ItemData> items(String id) {
    return catalog.playlist(id).map(PlaylistData::items).orElseThrow();
  }

  private Stream<String> uris(String id) {
    return items(id).stream().map(ItemData::track).filter(Objects::nonNull).map(TrackData::uri);
  }

  private Stream<TrackData> tracks() {
    return catalog.playlistIds().stream()
        .flatMap(id -> items(id).stream())
        .map(ItemData::track)
        .filter(Objects::nonNull);
  }

  private Stream<AlbumData> albums() {
    return tracks().map(TrackData::album);
  }

  private Stream<ArtistData> artists() {
    return tracks().flatMap(track -> track.artists().stream());
  }
}
