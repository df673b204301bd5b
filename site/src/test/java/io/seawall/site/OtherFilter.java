package io.seawall.site;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A filter that is not ours, as pages about moving show it first. It stays undeployed, since each wants its own server. */
final class OtherFilter {

    private OtherFilter() {}

    /** The classes of other people's filters that a block declares. */
    static List<String> namesIn(XmlBlock xml) {
        return xml.texts("filter-class").stream()
                .filter(name -> !name.startsWith("io.seawall.") && !name.startsWith("com.example."))
                .toList();
    }

    /** Init-params of a block that its filter does not read: they are neither a property of it, as in Tomcat, nor a constant, as in Jetty. */
    static Set<String> unknownInitParams(String filterClass, XmlBlock xml) throws Exception {
        Set<String> unknown = new TreeSet<>(xml.texts("param-name"));
        // Not initialised: its logger wants a library that is not here.
        for (Class<?> type = Class.forName(filterClass, false, OtherFilter.class.getClassLoader());
                type != null;
                type = type.getSuperclass()) {
            for (var method : type.getDeclaredMethods()) {
                if (method.getName().startsWith("set") && method.getName().length() > 3) {
                    unknown.remove(Character.toLowerCase(method.getName().charAt(3))
                            + method.getName().substring(4));
                }
            }
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        && field.getType() == String.class
                        && field.trySetAccessible()) {
                    unknown.remove(String.valueOf(field.get(null)));
                }
            }
        }
        return unknown;
    }
}
