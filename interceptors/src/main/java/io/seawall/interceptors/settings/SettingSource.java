package io.seawall.interceptors.settings;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** One place where settings stand, under keys such as {@code seawall.payments.timeout}. */
interface SettingSource {

    /**
     * What is set under a key; null if nothing is.
     *
     * @throws IllegalArgumentException if something is, and cannot be read
     */
    @Nullable
    String find(String key);

    /** The place of a key, for messages: {@code system property 'seawall.payments.timeout'}. */
    String place(String key);

    /** The keys that begin as ours do, as far as this place can list them. */
    Collection<String> keys();
}
