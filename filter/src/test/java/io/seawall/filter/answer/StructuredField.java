package io.seawall.filter.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.OuterList;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;

/** Reads what is said of limits in a header field with somebody else's parser of RFC 9651. */
final class StructuredField {

    private StructuredField() {}

    /**
     * A list of strings whose parameters are integers, as the draft wants both fields to be; the parameters by the name of the
     * limit; no lines are no list. Fails if a name is there twice, or if it would not be written again as it was.
     */
    static Map<String, Map<String, Long>> read(List<String> lines) {
        if (lines.isEmpty()) {
            return Map.of();
        }
        OuterList list = new Parser(lines).parseList();
        assertThat(list.serialize()).isEqualTo(String.join(", ", lines));
        Map<String, Map<String, Long>> limits = new LinkedHashMap<>();
        for (ListElement<?> element : list.get()) {
            assertThat(element).isInstanceOf(StringItem.class);
            Map<String, Long> parameters = new LinkedHashMap<>();
            for (Map.Entry<String, Item<?>> parameter : element.getParams().entrySet()) {
                parameters.put(parameter.getKey(), (Long) parameter.getValue().get());
            }
            assertThat(limits.put((String) element.get(), parameters))
                    .as("%s", lines)
                    .isNull();
        }
        return limits;
    }
}
