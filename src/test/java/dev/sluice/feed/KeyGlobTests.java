package dev.sluice.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyGlobTests {

    @ParameterizedTest
    @CsvSource({
        "countries/*.csv,  countries/a.csv,    true",
        "countries/*.csv,  countries/.csv,     true",
        "countries/*.csv,  countries/x/a.csv,  false",
        "countries/*.csv,  countries/a.csv.gz, false",
        "countries/*.csv,  x/countries/a.csv,  false",
        "countries/*.csv,  countries/axcsv,    false",
        "countries/*.csv*, countries/a.csv.gz, true",
        "a/**,             a/b/c/d,            true",
        "a/**,             a/,                 true",
        "a/**,             a,                  false",
        "a/**/c.csv,       a/b/b/c.csv,        true",
        "**.csv,           a/b.csv,            true",
        "**,               a/b,                true",
        "day-?.csv,        day-1.csv,          true",
        "day-?.csv,        day-12.csv,         false",
        "day-?.csv,        day-/.csv,          false",
        "a?b,              a😀b,               true",
        "(a|b)+[c].$^{},   (a|b)+[c].$^{},     true",
        "(a|b)+[c],        abc,                false",
        "\\Qa\\E*,         \\Qa\\Eb,           true",
        "städte/😀/*,      städte/😀/x,        true",
        "A.csv,            a.csv,              false"
    })
    void aPatternMatchesWholeKeys(String glob, String key, boolean matches) {
        assertThat(KeyGlob.of(glob).match(key).isPresent()).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"'a\nb', true", "'a b.csv', true", "'', true", "'a/b', false"})
    void aStarTakesAnyCharacterButTheSlash(String key, boolean matches) {
        assertThat(KeyGlob.of("*").match(key).isPresent()).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "countries/*.csv, countries/",
        "a/b-*/c/*.csv,   a/",
        "a/b/day-?.csv,   a/b/",
        "a/x?/b*,         a/",
        "*.csv,           ''",
        "**,              ''",
        "a/b.csv,         a/"
    })
    void theFolderIsWhatNoWildcardStandsBefore(String glob, String folder) {
        assertThat(KeyGlob.of(glob).folder()).isEqualTo(folder);
    }
}
