package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.model.run.FetchReport;
import java.util.List;

/**
 * The stored details of a run.
 *
 * @param landed objects with the ids of this run that each covers
 * @param report how fetching went, playlists included
 */
public record LandedDetails(List<StoredResponseRef> landed, FetchReport report) {}
