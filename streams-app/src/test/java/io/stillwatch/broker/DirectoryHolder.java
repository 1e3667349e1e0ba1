package io.stillwatch.broker;

import java.nio.file.Path;

/** Another process that owns a directory until its standard input ends; it says so once it does. */
public final class DirectoryHolder {
    private DirectoryHolder() {}

    public static void main(String[] arguments) throws Exception {
        DataDirectory.claim(Path.of(arguments[0]));
        System.out.println("claimed");
        System.out.flush();
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(0);
    }
}
