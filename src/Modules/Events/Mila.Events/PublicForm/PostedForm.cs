namespace Mila.Events.PublicForm;

/// <summary>What a page has posted.</summary>
internal static class PostedForm
{
    /// <summary>The fields; none when it is no form, or one that cannot be read (a NUL, too many fields, parts that end too soon): the page then asks again.</summary>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType) return FormCollection.Empty;

        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            return FormCollection.Empty;
        }
    }
}
