package dev.sluice.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * The command line of AWS's runtime client, laid out as in the managed runtime: its own four jars are the class path, and the
 * client loads the application from the working directory and its {@code lib} through a class loader of its own.
 */
final class RuntimeClient {

    private static final String NATIVE_LIBRARY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    /** Those that the image gives the JVM too. */
    static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

    private RuntimeClient() {}

    static List<String> command(Path folder, String handler, int heapMegabytes) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(FLAGS);
        command.addAll(List.of(
                "-Xmx" + heapMegabytes + "m",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "-D" + NATIVE_LIBRARY + "=" + unpackNativeLibrary(folder),
                "-cp",
                classPath(),
                AWSLambda.class.getName(),
                handler));
        return command;
    }

    private static String classPath() {
        return Stream.of(AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)
                .map(type -> URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .map(jar -> Path.of(jar).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Left to itself, the client unpacks to one fixed name in /tmp, over the file of every other one that runs. */
    private static Path unpackNativeLibrary(Path folder) throws IOException {
        String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        String libc = Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl" : "linux";
        String name = "/jni/libaws-lambda-jni." + libc + "-" + arch + ".so";
        Path file = folder.resolve("runtime-client.so");
        try (var in = AWSLambda.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            Files.copy(in, file);
        }
        return file;
    }
}
