package dev.playlistlake.io.sample;

import java.util.List;

/** Plausible names of songs, albums, artists and playlists, each derived from a number. */
final class Names {

  private static final List<String> ADJECTIVES =
      List.of(
          "Silver",
          "Paper",
          "Hollow",
          "Velvet",
          "Distant",
          "Borrowed",
          "Crooked",
          "Amber",
          "Restless",
          "Sleepless",
          "Northern",
          "Faded",
          "Electric",
          "Gentle",
          "Broken",
          "Slow",
          "Golden",
          "Frozen",
          "Wild",
          "Quiet",
          "Plastic",
          "Salted",
          "Second",
          "Unsent",
          "Bitter",
          "Half-Lit",
          "Secret",
          "Rusty",
          "Weightless",
          "Marble",
          "Lonely",
          "Early",
          "Burning",
          "Careless",
          "Blue",
          "Stubborn",
          "Hidden",
          "Tidal",
          "Nameless",
          "Crystal");
  private static final List<String> NOUNS =
      List.of(
          "Harbour",
          "Lantern",
          "Weather",
          "Machine",
          "Orchard",
          "Satellite",
          "Window",
          "Avenue",
          "Compass",
          "Thunder",
          "Garden",
          "Mirror",
          "Telephone",
          "Summer",
          "Staircase",
          "River",
          "Signal",
          "Tramline",
          "Carousel",
          "Postcard",
          "Shadow",
          "Island",
          "Kitchen",
          "Parade",
          "Engine",
          "Chandelier",
          "Meadow",
          "Passenger",
          "Daylight",
          "Balcony",
          "Cathedral",
          "Umbrella",
          "Horizon",
          "Notebook",
          "Ember",
          "Anchor",
          "Feather",
          "Motorway",
          "Snowfall",
          "Alibi",
          "Pendulum",
          "Wildfire",
          "Ceiling",
          "Lighthouse",
          "Ribbon",
          "Monday",
          "Elevator",
          "Constellation",
          "Driftwood",
          "Matchbox");
  private static final List<String> PLACES =
      List.of(
          "the Dark",
          "the Rain",
          "Winter",
          "Another Town",
          "the Back Seat",
          "Slow Motion",
          "My Father's Coat",
          "the Valley",
          "a Foreign Tongue",
          "the Corner Shop",
          "Stereo",
          "the Attic",
          "Low Tide",
          "Platform Nine",
          "the Afterglow");
  private static final List<String> VERBS =
      List.of(
          "Follow", "Forget", "Carry", "Borrow", "Leave", "Find", "Wake", "Steal", "Paint", "Hold",
          "Lose", "Call");
  private static final List<String> GERUNDS =
      List.of(
          "Waiting for",
          "Dancing with",
          "Running from",
          "Talking to",
          "Dreaming of",
          "Chasing",
          "Counting",
          "Leaving",
          "Building",
          "Burying");
  private static final List<String> BANDS =
      List.of(
          "Choir",
          "Quartet",
          "Parade",
          "Club",
          "Society",
          "Department",
          "Ensemble",
          "Collective",
          "Brigade",
          "Orchestra",
          "Committee",
          "Assembly");
  private static final List<String> FIRST =
      List.of(
          "Velda",
          "Tobiah",
          "Mirela",
          "Joriah",
          "Ansel",
          "Ottoline",
          "Kestrin",
          "Yaro",
          "Brisa",
          "Corwin",
          "Elodina",
          "Fenn",
          "Halvard",
          "Isolda",
          "Juno",
          "Leopolda",
          "Maren",
          "Nilo",
          "Perpetua",
          "Rafferty");
  private static final List<String> LAST =
      List.of(
          "Orrin",
          "Vantu",
          "Calloweir",
          "Adumare",
          "Tressingham",
          "Okonjola",
          "Brandvik",
          "Lisbourne",
          "Quennell",
          "Sorabella",
          "Dunmarrow",
          "Ivanescu-Holt",
          "Petrakova",
          "Zeidler",
          "Montrose-Ode",
          "Harukawa",
          "Nightingarten",
          "Ferrowby",
          "Castellamar",
          "Wrenfield");

  private Names() {}

  static String song(long number) {
    Draw draw = new Draw(number);
    return switch (draw.below(11)) {
      case 0, 1 -> draw.of(ADJECTIVES) + " " + draw.of(NOUNS);
      case 2 -> draw.of(NOUNS) + " in " + draw.of(PLACES);
      case 3 -> "The " + draw.of(ADJECTIVES) + " " + draw.of(NOUNS);
      case 4 -> draw.of(GERUNDS) + " the " + draw.of(NOUNS);
      case 5 -> "Don't " + draw.of(VERBS) + " the " + draw.of(NOUNS);
      case 6 ->
          "How to "
              + draw.of(VERBS)
              + " "
              + withArticle(draw.of(ADJECTIVES))
              + " "
              + draw.of(NOUNS);
      case 7 -> draw.of(NOUNS) + " & " + draw.of(NOUNS);
      case 8 -> draw.of(VERBS) + " Me in " + draw.of(PLACES);
      case 9 -> (1 + draw.below(11)) + " A.M. " + draw.of(NOUNS);
      default -> draw.of(GERUNDS) + " " + draw.of(PLACES);
    };
  }

  static String album(long number) {
    Draw draw = new Draw(number);
    return switch (draw.below(5)) {
      case 0 -> draw.of(NOUNS) + " Songs";
      case 1 -> "The " + draw.of(NOUNS) + " in " + draw.of(PLACES);
      case 2 -> draw.of(ADJECTIVES) + " " + plural(draw.of(NOUNS));
      case 3 -> draw.of(GERUNDS) + " " + draw.of(PLACES);
      default -> draw.of(ADJECTIVES) + " & " + draw.of(ADJECTIVES);
    };
  }

  static String artist(long number) {
    Draw draw = new Draw(number);
    return switch (draw.below(3)) {
      case 0 -> "The " + draw.of(ADJECTIVES) + " " + draw.of(NOUNS) + " " + draw.of(BANDS);
      case 1 -> draw.of(NOUNS) + " " + draw.of(NOUNS) + " " + draw.of(BANDS);
      default -> draw.of(FIRST) + " " + draw.of(LAST);
    };
  }

  static String playlist(long number) {
    Draw draw = new Draw(number);
    return draw.of(ADJECTIVES) + " " + draw.of(NOUNS) + " Mix";
  }

  private static String withArticle(String word) {
    return ("AEIOU".indexOf(word.charAt(0)) < 0 ? "a " : "an ") + word;
  }

  private static String plural(String noun) {
    if (noun.endsWith("ny")) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    return noun + (noun.endsWith("s") || noun.endsWith("x") ? "es" : "s");
  }

  /** A sequence of choices that depends on the number only. */
  private static final class Draw {
    private long state;

    Draw(long number) {
      state = number;
    }

    int below(int bound) {
      state = Hashing.mix(state);
      return Hashing.below(bound, state);
    }

    String of(List<String> words) {
      return words.get(below(words.size()));
    }
  }
}
