/** What a request costs in each process, beside baselines that do only what the request needs. */
@NullMarked
package dev.frontdesk.loadtests.edge;

import org.jspecify.annotations.NullMarked;
