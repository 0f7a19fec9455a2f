package dev.frontdesk.registration.passwords;

import dev.frontdesk.kit.values.EmailAddress;
import dev.frontdesk.registration.profiles.PersonName;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a person's address and name. Checks whether a password consists of them: forwards or backwards, in any
 * case, without accents, with digits in place of letters. A long password may contain a name.
 */
final class PersonalWords {

    /** Shorter words occur in other words by chance. */
    private static final int SHORTEST = 3;

    private static final int SHORTEST_BACKWARDS = 4;

    /** This many other letters make a password acceptable, unless the words cover half of it. */
    private static final int ENOUGH_OTHERS = 4;

    private static final Pattern NO_LETTERS = Pattern.compile("\\P{L}+");

    /** Normalised by {@code fold}. */
    private final List<int[]> words;

    private PersonalWords(Stream<String> words) {
        this.words = words.map(word -> fold(word).toArray())
                .flatMap(word -> word.length < SHORTEST_BACKWARDS ? Stream.of(word) : Stream.of(word, reversed(word)))
                .filter(word -> word.length >= SHORTEST)
                .toList();
    }

    static PersonalWords of(@Nullable EmailAddress email, PersonName... names) {
        var ofAddress = email == null ? Stream.<String>empty() : ofAddress(email);
        var ofNames = Arrays.stream(names).map(PersonName::value).flatMap(PersonalWords::wholeAndParts);
        return new PersonalWords(Stream.concat(ofAddress, ofNames));
    }

    private static Stream<String> ofAddress(EmailAddress email) {
        String domain = email.value().substring(email.localPart().length() + 1);
        String withoutTop = domain.substring(0, domain.lastIndexOf('.'));
        return Stream.concat(
                Stream.of(email.value()),
                Stream.of(email.localPart(), withoutTop).flatMap(PersonalWords::wholeAndParts));
    }

    private static Stream<String> wholeAndParts(String text) {
        return Stream.concat(Stream.of(text), Arrays.stream(NO_LETTERS.split(text)));
    }

    /** Whether the words cover half of the password, or it has hardly any other letters. */
    boolean make(Password password) {
        int[] given = password.value().codePoints().toArray();
        int[] folded = fold(password.value()).toArray();
        var covered = new boolean[given.length];
        words.forEach(word -> cover(folded, word, covered));
        long coveredOnes =
                IntStream.range(0, given.length).filter(i -> covered[i]).count();
        long otherLetters = IntStream.range(0, given.length)
                .filter(i -> !covered[i] && isTelling(given[i]))
                .count();
        return coveredOnes > 0 && (2 * coveredOnes >= given.length || otherLetters < ENOUGH_OTHERS);
    }

    private static void cover(int[] text, int[] word, boolean[] covered) {
        for (int start = 0; start + word.length <= text.length; start++) {
            if (Arrays.equals(text, start, start + word.length, word, 0, word.length)) {
                Arrays.fill(covered, start, start + word.length, true);
            }
        }
    }

    /** Digits and punctuation do not count: people add them to a name. */
    private static boolean isTelling(int codePoint) {
        return Character.isLetter(codePoint) || Character.getType(codePoint) == Character.OTHER_SYMBOL;
    }

    /**
     * Maps each code point to exactly one, so that positions stay the same: to the letter without accents, or to the
     * letter that a digit stands for.
     */
    private static IntStream fold(String text) {
        return text.codePoints().map(codePoint -> {
            String letter = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD);
            int lower = Character.toLowerCase(letter.codePointAt(0));
            return switch (lower) {
                case '0' -> 'o';
                case '1', '!', 'l', 'ı' -> 'i';
                case '3' -> 'e';
                case '4', '@' -> 'a';
                case '5', '$' -> 's';
                case '7' -> 't';
                default -> lower;
            };
        });
    }

    private static int[] reversed(int[] word) {
        return IntStream.range(0, word.length)
                .map(i -> word[word.length - 1 - i])
                .toArray();
    }
}
