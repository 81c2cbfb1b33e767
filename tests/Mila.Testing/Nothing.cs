namespace Mila.Testing;

internal static class Nothing;
