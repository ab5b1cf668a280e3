/**
 * The pure part of the graph: what comes out depends on the elements that go in, on nothing else.
 */
@NullMarked
package dev.playlistlake.transforms;

import org.jspecify.annotations.NullMarked;
