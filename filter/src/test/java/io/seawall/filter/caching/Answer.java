package io.seawall.filter.caching;

import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer, as a cache sees it. */
record Answer(HttpResponse<String> response) {

    int status() {
        return response.statusCode();
    }

    String body() {
        return response.body();
    }

    List<String> cacheControl() {
        return response.headers().allValues("Cache-Control");
    }

    @Nullable
    String etag() {
        return field("ETag");
    }

    @Nullable
    String field(String name) {
        return response.headers().firstValue(name).orElse(null);
    }
}
