package dev.sluice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class WebRequestTests {

    @Test
    void whateverIsLeftOutHasADefault() {
        assertThat(JsonMapper.shared().readValue("{\"path\":\"/x\"}", WebRequest.class))
                .isEqualTo(new WebRequest("GET", "/x", "", Map.of(), Map.of(), ""));
        assertThat(new WebRequest("post", null, null, Map.of("X-A", "1"), null, null))
                .isEqualTo(new WebRequest("POST", "/", "", Map.of("x-a", "1"), Map.of(), ""));
    }

    @Test
    void headersThatDifferInCaseOnlyAreOne() {
        assertThat(new WebRequest(null, null, null, Map.of("Accept", "1", "ACCEPT", "1"), null, null).headers())
                .isEqualTo(Map.of("accept", "1,1"));
    }

    @Test
    void cookiesAreJoinedAsCookiesAre() {
        assertThat(new WebRequest(null, null, null, Map.of("Cookie", "a=1", "COOKIE", "a=1"), null, null).headers())
                .isEqualTo(Map.of("cookie", "a=1; a=1"));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/feeds,        /api/feeds",
        "/%61pi/f%65eds,    /api/feeds",
        "/a%2fb/c+d/e*,     /a%2Fb/c%2Bd/e%2A",
        "/é/%C3%A9/a b/~,   /%C3%A9/%C3%A9/a%20b/~",
        "/50%25/..,         /50%25/..",
        "//,                //"
    })
    void aPathHasOneForm(String path, String canonical) {
        assertThat(new WebRequest(null, path, null, null, null, null)
                        .canonical()
                        .path())
                .isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "b=2&a=1&b=1,       a=1&b=2&b=1",
        "a,                 a=",
        "&&=z&a=&,          a=",
        "a=x+y%2B%20%26=,   a=x%20y%2B%20%26%3D",
        "%C3%A9=é,          %C3%A9=%C3%A9"
    })
    void aQueryHasOneForm(String query, String canonical) {
        assertThat(request(query).canonical().query()).isEqualTo(canonical);
        assertThat(request(canonical).canonical().query()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/%2", "/%zz", "/%E6", "/%C3%28"})
    void whatIsNotEncodedIsNotUnderstood(String text) {
        for (var bad : List.of(new WebRequest(null, text, null, null, null, null), request("a=" + text))) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(bad::canonical)
                    .satisfies(problem -> assertThat(problem.details().status()).isEqualTo(400));
        }
    }

    @Test
    void aParameterIsItsLastValueUnlessThatIsEmpty() {
        var request = request("a=1&b=&a=2&d&%C3%A9=x+y%2B%26=&&=z");
        assertThat(request.query("é")).contains("x y+&=");
        assertThat(request.query("d")).isEmpty();
        assertThat(request.query("a")).contains("2");
        assertThat(request.query("b")).isEmpty();
        assertThat(request.query("c")).isEmpty();
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> request.parameter("id"));
        assertThat(request.with(Map.of("id", "7")).parameter("id")).isEqualTo("7");
    }

    @Test
    void aQueryThatIsNotEncodedIsNotUnderstood() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> request("limit=%zz").query("limit"))
                .satisfies(problem -> assertThat(problem.details().status()).isEqualTo(400));
    }

    @Test
    void aListHasAUsualLength() {
        assertThat(Paging.of(request(""))).isEqualTo(new Paging(50, "", "/?"));
        assertThat(Paging.of(request("limit=1")).limit()).isEqualTo(1);
        assertThat(Paging.of(request("limit=200")).limit()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "201", "x", "1.5", "99999999999"})
    void aLimitIsANumberThatFits(String limit) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Paging.of(request("limit=" + limit)))
                .withMessage("limit has to be a number from 1 to 200.")
                .satisfies(problem -> assertThat(problem.details().status()).isEqualTo(400));
    }

    @Property
    void aCursorLeadsOnFromWhereThePageEnded(@ForAll @NotEmpty String last) {
        String valid = last.replaceAll("\\p{Cs}", "😀");
        String cursor = cursor("a=1&limit=2", valid);
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        assertThat(Paging.of(request("a=1&cursor=" + cursor + "&limit=3")).after())
                .isEqualTo(valid);
        assertRefused("a=2&cursor=" + cursor);
        assertRefused("cursor=" + cursor);
    }

    @Property
    void aCursorThatWasChangedIsRefused(
            @ForAll @NotEmpty @AlphaChars String last, @ForAll @IntRange(max = 39) int bit) {
        byte[] bytes = Base64.getUrlDecoder().decode(cursor("", last));
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        assertRefused("cursor=" + Base64.getUrlEncoder().encodeToString(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no+cursor!", "AA", "AAAAAA", "AAAAAAAA"})
    void aCursorComesFromAList(String cursor) {
        assertRefused("cursor=" + cursor);
    }

    @Test
    void theLastPageHasNoCursor() {
        assertThat(Paging.of(request("")).page(List.of("x"), Optional.empty()).cursor())
                .isEmpty();
    }

    private static String cursor(String query, String last) {
        return Paging.of(request(query))
                .page(List.of(), Optional.of(last))
                .cursor()
                .orElseThrow();
    }

    private static void assertRefused(String query) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Paging.of(request(query)))
                .withMessage(
                        "cursor is not one that this list has answered to this question; leave it out to begin anew.")
                .satisfies(problem -> assertThat(problem.details().status()).isEqualTo(400));
    }

    private static WebRequest request(String query) {
        return new WebRequest(null, null, query, null, null, null);
    }
}
