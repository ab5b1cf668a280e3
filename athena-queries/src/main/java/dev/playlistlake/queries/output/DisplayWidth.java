package dev.playlistlake.queries.output;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How many terminal columns a text takes: 2 for East Asian wide characters and emoji, 0 for
 * combining marks. Terminals differ on rare characters.
 */
final class DisplayWidth {
  /** A user-perceived character, such as a flag or a family emoji of four people. */
  private static final Pattern CHARACTER = Pattern.compile("\\X");

  private static final int EMOJI_PRESENTATION = 0xFE0F;

  /** First and last of each range of wide characters, from Unicode's EastAsianWidth. */
  private static final int[][] WIDE = {
    {0x1100, 0x115F},
    {0x231A, 0x231B},
    {0x23E9, 0x23EC},
    {0x25FD, 0x25FE},
    {0x2614, 0x2615},
    {0x2648, 0x2653},
    {0x267F, 0x267F},
    {0x2693, 0x2693},
    {0x26A1, 0x26A1},
    {0x26AA, 0x26AB},
    {0x26BD, 0x26BE},
    {0x26C4, 0x26C5},
    {0x26CE, 0x26CE},
    {0x26D4, 0x26D4},
    {0x26EA, 0x26EA},
    {0x26F2, 0x26F5},
    {0x26FA, 0x26FD},
    {0x2705, 0x2705},
    {0x270A, 0x270B},
    {0x2728, 0x2728},
    {0x274C, 0x274E},
    {0x2753, 0x2757},
    {0x2795, 0x2797},
    {0x27B0, 0x27BF},
    {0x2B1B, 0x2B1C},
    {0x2B50, 0x2B55},
    {0x2E80, 0x303E},
    {0x3041, 0x33FF},
    {0x3400, 0x4DBF},
    {0x4E00, 0xA4CF},
    {0xA960, 0xA97C},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F18E, 0x1F19A},
    {0x1F1E6, 0x1F202},
    {0x1F210, 0x1F265},
    {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF},
    {0x1F7E0, 0x1F7EB},
    {0x1F90C, 0x1F9FF},
    {0x1FA70, 0x1FAFF},
    {0x20000, 0x3FFFD},
  };

  private DisplayWidth() {}

  static int of(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      return text.length();
    }
    return CHARACTER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .mapToInt(DisplayWidth::ofCharacter)
        .sum();
  }

  private static int ofCharacter(String character) {
    if (character.indexOf(EMOJI_PRESENTATION) > 0) {
      return 2;
    }
    return character.codePoints().map(DisplayWidth::ofCodePoint).max().orElse(0);
  }

  private static int ofCodePoint(int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> {
        return 0;
      }
      default -> {
        for (int[] range : WIDE) {
          if (codePoint >= range[0] && codePoint <= range[1]) {
            return 2;
          }
        }
        return 1;
      }
    }
  }
}
