using System.Text.Json.Serialization;

namespace Mila.Events.Networks;

/// <summary>What Partners has told us of a partner: the newest, by its revision.</summary>
internal sealed class KnownPartner : IDocument
{
    [JsonConstructor]
    private KnownPartner(Guid id, string code, string name, string kind, bool reciprocity, int revision) => (Id, Code, Name, Kind, Reciprocity, Revision) = (id, code, name, kind, reciprocity, revision);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public string Code { get; private set; }

    public string Name { get; private set; }

    public string Kind { get; private set; }

    public bool Reciprocity { get; private set; }

    public int Revision { get; private set; }

    public static async Task<KnownPartner> FindAsync(IQuerySession session, Guid partnerId, CancellationToken ct) =>
        await session.LoadAsync<KnownPartner>(partnerId, ct) ?? new KnownPartner(partnerId, "", "", "", reciprocity: false, revision: 0);

    public KnownPartner Is(string code, string name, string kind, bool reciprocity, int revision)
    {
        if (revision > Revision) (Code, Name, Kind, Reciprocity, Revision) = (code, name, kind, reciprocity, revision);
        return this;
    }
}
