package dev.sluice.row;

import java.util.List;
import java.util.Set;

/** One request that writes rows of different keys. */
interface RowPuts {

    /** How many rows a request takes. */
    int most();

    /** Sends them; answers the keys of those that DynamoDB had no room for and that have to be sent again. */
    Set<RowKey> send(List<RowItem> rows);
}
