package io.stillwatch.cli;

final class AlertPage {
    private AlertPage() {}

    static String times(int number) {
        return number == 1 ? "once" : number + " times";
    }
}
