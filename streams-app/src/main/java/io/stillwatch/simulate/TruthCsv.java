package io.stillwatch.simulate;

import io.stillwatch.text.CsvCell;
import java.io.IOException;
import java.util.List;

/** Truth files: one line an account, in the columns that the evaluation reads. */
public final class TruthCsv {
    public static final String HEADER =
            "account_id,label,kind,set,campaign_id,fraction,first_ms,requests,hostile_requests";

    private TruthCsv() {}

    /** Writes the header and one line for each row, ended by a line feed. */
    public static void write(List<TruthRow> rows, Appendable out) throws IOException {
        out.append(HEADER).append('\n');
        for (TruthRow row : rows) {
            out.append(CsvCell.of(row.accountId())).append(',');
            out.append(row.label().word()).append(',');
            out.append(CsvCell.of(row.kind())).append(',');
            out.append(CsvCell.of(row.set())).append(',');
            out.append(CsvCell.of(row.campaignId())).append(',');
            out.append(Double.toString(row.fraction())).append(',');
            out.append(Long.toString(row.firstMs())).append(',');
            out.append(Integer.toString(row.requests())).append(',');
            out.append(Integer.toString(row.hostileRequests())).append('\n');
        }
    }
}
