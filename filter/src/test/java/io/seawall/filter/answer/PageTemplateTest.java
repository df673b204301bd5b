package io.seawall.filter.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTemplateTest {

    private static Refusal refusal(String... violated) {
        return new Refusal(ProblemType.QUOTA_EXCEEDED, OptionalLong.of(11), List.of(violated));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Wait.                                | Wait.
            Wait {retry-after} s.                | Wait 11 s.
            {retry-after}                        | 11
            {retry-after}{policies}{retry-after} | 11burst, sustained11
            {policies}: {retry-after}!           | burst, sustained: 11!
            p { margin: 0 } {x} {{policies}} {   | p { margin: 0 } {x} {burst, sustained} {
            {retry-after                         | {retry-after
            {Retry-After} {policy}               | {Retry-After} {policy}
            """)
    void placeholders_are_filled_and_all_else_stays(String page, String filled) {
        assertThat(PageTemplate.of(page).of(refusal("burst", "sustained"))).isEqualTo(filled);
    }

    @Test
    void an_empty_page_is_empty() {
        assertThat(PageTemplate.of("").of(refusal())).isEmpty();
    }

    /** Not from our own limits, whose names are checked. */
    @Test
    void what_is_filled_in_is_never_markup() {
        assertThat(PageTemplate.of("<p title='{policies}'>").of(refusal("<script>'\"&", "{retry-after}")))
                .isEqualTo("<p title='&lt;script&gt;&#39;&quot;&amp;, {retry-after}'>");
    }

    @Test
    void a_page_that_tells_seconds_does_not_fit_where_there_are_none() {
        Refusal never = new Refusal(ProblemType.QUOTA_EXCEEDED, OptionalLong.empty(), List.of());
        assertThat(PageTemplate.of("Wait {retry-after} s.").fits(never)).isFalse();
        assertThat(PageTemplate.of("Wait.").fits(never)).isTrue();
        assertThat(PageTemplate.of("Wait {retry-after} s.").fits(refusal())).isTrue();
    }

    @Test
    void a_page_about_limits_does_not_fit_when_capacity_is_reduced() {
        assertThat(PageTemplate.of("Too many.").fits(Refusal.unavailable())).isFalse();
    }
}
