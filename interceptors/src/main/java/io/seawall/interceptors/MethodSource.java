package io.seawall.interceptors;

import io.seawall.interceptors.GuardedMethods.Guarded;
import io.seawall.interceptors.settings.Overrides;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline is compiled of, but for the settings from outside.
 *
 * @param beanClass whose method it is
 * @param guarded the method and its annotation
 * @param ejb what the EJB container does around it; null if it is no EJB
 */
record MethodSource(
        Class<?> beanClass, Guarded guarded, @Nullable SessionBeanTraits ejb) {

    /** Class and method, for messages. */
    String where() {
        return beanClass.getName() + "." + guarded.method().getName();
    }

    /** The target that it names, or that it is. */
    String target() {
        String named = guarded.resilient().target();
        return named.isBlank() ? where() : named.strip();
    }

    Members members(Overrides overrides) {
        return new Members(where(), target(), overrides, beanClass.getClassLoader());
    }
}
