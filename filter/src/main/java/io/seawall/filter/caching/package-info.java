/**
 * What caches are told: {@link io.seawall.filter.caching.CacheHeadersFilter}, declared in {@code web.xml}, says for how long an answer
 * is fresh and how long it may be used beyond that, names its content by an {@code ETag}, and answers 304 to whoever has it
 * already. It keeps no answer itself. Knows {@link io.seawall.filter.settings} and no other room.
 */
@NullMarked
package io.seawall.filter.caching;

import org.jspecify.annotations.NullMarked;
