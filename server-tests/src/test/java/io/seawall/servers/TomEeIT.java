package io.seawall.servers;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("all-servers")
class TomEeIT extends ServerContract {

    TomEeIT() {
        super(Server.tomEe());
    }

    /** It does not tell which classes are guarded, so the filter that answers for them is asked for. */
    @Override
    Path archive() throws IOException {
        return Archives.withContextParam("seawall.answer-rejections", "true");
    }
}
