import fish.payara.micro.PayaraMicroRuntime;
import fish.payara.micro.boot.PayaraMicroLauncher;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Payara Micro has no administration port, so applications come and go through its Java API: each line of standard input is a
 * command, {@code deploy NAME FILE} or {@code undeploy NAME}, answered by a line on standard output. Run from source by the
 * java of the server, with Payara Micro's jar on the class path; the arguments are those of Payara Micro. It ends with the end
 * of its input, so never after the tests.
 */
final class MicroControl {

    public static void main(String[] arguments) throws Exception {
        PayaraMicroRuntime runtime = PayaraMicroLauncher.create(arguments).getRuntime();
        System.out.println("MicroControl: ready");
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] words = line.split(" ", 3);
                System.out.println("MicroControl: " + words[0] + " of " + words[1] + " " + run(runtime, words));
            }
        }
        System.exit(0);
    }

    private static String run(PayaraMicroRuntime runtime, String[] words) {
        if (words[0].equals("deploy")) {
            runtime.deploy(words[1], words[1], new File(words[2])); // returns true whatever came of it
            return runtime.getDeployedApplicationNames().contains(words[1]) ? "done" : "failed";
        }
        runtime.undeploy(words[1]);
        return "done";
    }
}
