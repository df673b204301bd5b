package io.seawall.storm;

import io.seawall.storm.clients.ClientRetries;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is set in one run.
 *
 * @param name its key
 * @param title its name for people
 * @param change what is different from the run before
 * @param shop the settings of the shop: system properties, in their order
 * @param clients how clients try again
 */
record Chapter(String name, String title, String change, Map<String, String> shop, ClientRetries clients) {

    /** The settings are copied. */
    Chapter {
        shop = Collections.unmodifiableMap(new LinkedHashMap<>(shop));
    }
}
