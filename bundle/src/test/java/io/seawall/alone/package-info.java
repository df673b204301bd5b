/** Applications that {@code ClassPathsIT} runs, each in a class loader of its own: they may name nothing but what is in it. */
package io.seawall.alone;
