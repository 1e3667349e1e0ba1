package io.stillwatch.embedding;

import java.util.Arrays;
import java.util.List;

/**
 * How often each word piece occurs in each text, divided by the number of pieces in the text: the matrix that turns piece
 * vectors into text vectors. Rows are texts, columns pieces; only what is not zero is held.
 */
final class PieceCounts {
    private final int[] rowStarts;
    private final int[] columns;
    private final double[] shares;
    private final int columnCount;

    PieceCounts(List<int[]> texts, int columnCount) {
        this.columnCount = columnCount;
        rowStarts = new int[texts.size() + 1];
        int pieces = texts.stream().mapToInt(text -> text.length).sum();
        columns = new int[pieces];
        shares = new double[pieces];
        int end = 0;
        for (int row = 0; row < texts.size(); row++) {
            int[] sorted = texts.get(row).clone();
            Arrays.sort(sorted);
            for (int i = 0; i < sorted.length; i++) {
                if (i == 0 || sorted[i] != sorted[i - 1]) {
                    columns[end++] = sorted[i];
                }
                shares[end - 1] += 1.0 / sorted.length;
            }
            rowStarts[row + 1] = end;
        }
    }

    int rows() {
        return rowStarts.length - 1;
    }

    int columns() {
        return columnCount;
    }

    /** One number a text: the weighted sum of its pieces' numbers. */
    double[] multiply(double[] byPiece) {
        double[] byText = new double[rows()];
        for (int row = 0; row < byText.length; row++) {
            double sum = 0;
            for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++) {
                sum += shares[i] * byPiece[columns[i]];
            }
            byText[row] = sum;
        }
        return byText;
    }

    /** One number a piece: the sum over the texts it occurs in, weighted likewise. */
    double[] multiplyTransposed(double[] byText) {
        double[] byPiece = new double[columnCount];
        for (int row = 0; row < byText.length; row++) {
            for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++) {
                byPiece[columns[i]] += shares[i] * byText[row];
            }
        }
        return byPiece;
    }

    /** For each piece the sum of its squared shares. */
    double[] squaredShares() {
        double[] squares = new double[columnCount];
        for (int i = 0; i < rowStarts[rows()]; i++) {
            squares[columns[i]] += shares[i] * shares[i];
        }
        return squares;
    }
}
